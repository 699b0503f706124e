package domain

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// Kind says what went wrong in terms a transport can answer. The map from Kind
// to an HTTP status stands once, in api/edge.
type Kind string

// The kinds of failure a use-case may return.
const (
	KindNotFound        Kind = "not_found"
	KindInvalid         Kind = "invalid"
	KindConflict        Kind = "conflict"
	KindForbidden       Kind = "forbidden"
	KindUnauthenticated Kind = "unauthenticated"
	KindStale           Kind = "stale"
	KindTooMany         Kind = "too_many"
	KindUnavailable     Kind = "unavailable"
	KindSecondFactor    Kind = "second_factor" // the password was right, and the account needs more to sign in
	KindStepUp          Kind = "step_up"       // somebody signed in must say again who they are
)

// Error is the one error type of the product. Op names the operation for the
// log ("employer.Publish"); Key and Fields name messages of the catalogue, so
// that the edge can answer in the reader's language. It never carries what the
// user typed.
type Error struct {
	Kind   Kind
	Op     string
	Key    string         // message key for the whole, e.g. "error.vacancy.full"; "" for the kind's own
	Args   map[string]any // numbers and codes the message needs, never personal data
	Fields []FieldError   // for KindInvalid
	After  time.Duration  // for KindTooMany: how long to wait, 0 when nobody knows
	Err    error
}

// FieldError points one message at one input. Name is the input's name in the
// API and on the form, with indexes for lists: "phones.0.number".
type FieldError struct {
	Name string
	Key  string
	Args map[string]any
}

// Error gives operation, kind, key and field names, for logs.
func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString(e.Op + ": " + string(e.Kind))
	if e.Key != "" {
		b.WriteString(" " + e.Key)
	}
	for _, f := range e.Fields {
		b.WriteString(" " + f.Name + "=" + f.Key)
	}
	if e.Err != nil {
		b.WriteString(": " + e.Err.Error())
	}
	return b.String()
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// NotFound says that no such record exists, or that the actor may not know.
func NotFound(op string) *Error { return &Error{Kind: KindNotFound, Op: op} }

// Invalid says which inputs are wrong.
func Invalid(op string, fields ...FieldError) *Error {
	return &Error{Kind: KindInvalid, Op: op, Fields: fields}
}

// Conflict says that the record's state does not allow the act.
func Conflict(op, key string) *Error { return &Error{Kind: KindConflict, Op: op, Key: key} }

// Forbidden says that the actor may read the record but not do this to it.
func Forbidden(op string) *Error { return &Error{Kind: KindForbidden, Op: op} }

// Unauthenticated says that the act needs somebody signed in.
func Unauthenticated(op string) *Error { return &Error{Kind: KindUnauthenticated, Op: op} }

// Stale says that the record changed since the actor read it.
func Stale(op string) *Error { return &Error{Kind: KindStale, Op: op} }

// SecondFactor says that the password was right and more is needed to sign in.
func SecondFactor(op string) *Error { return &Error{Kind: KindSecondFactor, Op: op} }

// StepUp says that the act needs the actor to say again who they are.
func StepUp(op string) *Error { return &Error{Kind: KindStepUp, Op: op} }

// TooMany says that a budget is used up for now.
func TooMany(op, key string) *Error { return &Error{Kind: KindTooMany, Op: op, Key: key} }

// Unavailable says that something Baara depends on does not answer now.
func Unavailable(op string, cause error) *Error {
	return &Error{Kind: KindUnavailable, Op: op, Err: cause}
}

// Field builds a FieldError; args come as alternating names and values.
func Field(name, key string, args ...any) FieldError {
	f := FieldError{Name: name, Key: key}
	for i := 0; i+1 < len(args); i += 2 {
		if f.Args == nil {
			f.Args = map[string]any{}
		}
		f.Args[fmt.Sprint(args[i])] = args[i+1]
	}
	return f
}

// KindOf gives the kind of the first *Error in err's chain, "" for an error
// nobody classified.
func KindOf(err error) Kind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return ""
}

// Fields collects field errors while a use-case checks its input.
type Fields []FieldError

// Add notes one wrong input.
func (f *Fields) Add(name, key string, args ...any) { *f = append(*f, Field(name, key, args...)) }

// Check notes the input as wrong unless ok.
func (f *Fields) Check(ok bool, name, key string, args ...any) {
	if !ok {
		f.Add(name, key, args...)
	}
}

// Err is nil when nothing was noted, else one Invalid error with all of it.
func (f Fields) Err(op string) error {
	if len(f) == 0 {
		return nil
	}
	return Invalid(op, f...)
}
