package domain

import "fmt"

// Reference is the short name people see and say on the phone: ML-2026-00317.
// The country pack gives the prefix; numbers are unique within kind.
func Reference(prefix string, year int, number int64) string {
	return fmt.Sprintf("%s-%d-%05d", prefix, year, number)
}
