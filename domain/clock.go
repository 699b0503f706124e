package domain

import "time"

// Clock tells the time. Use-cases never call time.Now themselves.
type Clock interface{ Now() time.Time }

// ClockFunc adapts a function to Clock.
type ClockFunc func() time.Time

// Now calls f.
func (f ClockFunc) Now() time.Time { return f() }

// SystemClock is the wall clock, in UTC and cut to the microsecond PostgreSQL
// keeps, so that a value read back equals the value written.
func SystemClock() Clock {
	return ClockFunc(func() time.Time { return time.Now().UTC().Truncate(time.Microsecond) })
}
