package main

import (
	"os"
	"runtime/debug"
)

// softMemory is how many bytes the program takes before it looks for garbage more often, unless GOMEMLIMIT says otherwise. A server of a million
// people keeps less than that; building their index anew would take three times as much without.
const softMemory = 480 << 20

func boundMemory() {
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(softMemory)
	}
}
