// net/http as its documentation shows it: nethttp PORT WORKERS, where WORKERS
// is the number of threads that run Go code.
//
// It is built in GOPATH mode, which would choose the defaults of Go 1.20.
//
//go:debug default=go1.27
package main

import (
	"io"
	"log"
	"net/http"
	"os"
	"runtime"
	"strconv"

	"bench/fibonacci"
)

func main() {
	if len(os.Args) != 3 {
		log.Fatal("usage: nethttp PORT WORKERS")
	}
	workers, err := strconv.Atoi(os.Args[2])
	if err != nil {
		log.Fatal(err)
	}
	runtime.GOMAXPROCS(workers)

	http.HandleFunc("GET /{$}", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain")
		io.WriteString(w, "Hello, World!")
	})
	http.HandleFunc("GET /fibonacci", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain")
		io.WriteString(w, fibonacci.Answer())
	})
	log.Fatal(http.ListenAndServe("127.0.0.1:"+os.Args[1], nil))
}
