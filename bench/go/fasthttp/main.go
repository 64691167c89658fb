// fasthttp as its documentation shows it: fasthttp PORT WORKERS, where WORKERS
// is the number of threads that run Go code.
//
// It is built in GOPATH mode, which would choose the defaults of Go 1.20.
//
//go:debug default=go1.27
package main

import (
	"log"
	"os"
	"runtime"
	"strconv"

	"bench/fibonacci"

	"github.com/valyala/fasthttp"
)

func main() {
	if len(os.Args) != 3 {
		log.Fatal("usage: fasthttp PORT WORKERS")
	}
	workers, err := strconv.Atoi(os.Args[2])
	if err != nil {
		log.Fatal(err)
	}
	runtime.GOMAXPROCS(workers)

	log.Fatal(fasthttp.ListenAndServe("127.0.0.1:"+os.Args[1], answer))
}

func answer(ctx *fasthttp.RequestCtx) {
	ctx.SetContentType("text/plain")
	switch string(ctx.Path()) {
	case "/":
		ctx.SetBodyString("Hello, World!")
	case "/fibonacci":
		ctx.SetBodyString(fibonacci.Answer())
	default:
		ctx.SetStatusCode(fasthttp.StatusNotFound)
	}
}
