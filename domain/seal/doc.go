// Package seal keeps secrets: password hashes and random tokens now, the
// encryption of personal data and its keys where they are needed.
package seal
