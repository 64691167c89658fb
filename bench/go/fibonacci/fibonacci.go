// Package fibonacci is the work behind GET /fibonacci, the same for both Go
// programs and the same loop as the Rust peers run.
package fibonacci

import "fmt"

// A variable, so that the compiler cannot know it.
var n uint32 = 1_000_000

// Answer is the body of GET /fibonacci.
func Answer() string {
	var a, b uint32 = 0, 1
	for range n {
		a, b = b, a+b
	}
	return fmt.Sprintf("Fibonacci(10^6) = %d (with overflow)", a)
}
