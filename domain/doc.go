// Package domain is Baara's kernel: the few words every context speaks.
//
// It holds identifiers, civil dates, the one error type, the actor, the
// transaction seam, the transition engine and job arguments. It imports the
// standard library only and keeps no state: time, identifiers and randomness
// are handed in by whoever wires the program.
//
// What is not here: who may do what (domain/access), the nouns of the field
// (one package a context beside this one), and any way to reach a database
// (domain/store implements the ports the contexts declare).
package domain
