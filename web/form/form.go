// Package form reads what people typed and says, beside each field, what to change.
//
// A handler reads field by field, in the order of the page, giving each its limits:
//
//	f, err := form.Parse(r)
//	in := person.Contact{Phone: f.Text("phone", 20), Note: f.Paragraph("note", 2000)}
//	saved, err := people.SetContact(ctx, actor, in)
//	if f.Explain(err) { /* show the same page again: nothing typed is lost */ }
//
// Promises: every value is bounded and valid UTF-8 before a use-case sees it; a field the handler does not read is
// ignored; what was typed is kept exactly, valid or not, and shown again; errors come out in the order of the page.
// Errors are message keys, translated when the page is rendered. Files are not read here.
package form

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"time"

	"github.com/baara-platform/baara/domain"
)

// TokenField is the hidden field that makes a form safe to send twice.
const TokenField = "_token"

// maxBody bounds a posted form, in bytes. The longest form, a vacancy, stays far below.
const maxBody = 256 << 10

// maxValues bounds how many values one form may carry.
const maxValues = 1000

// Form is one filled or empty form. It is used by one request and is not safe for concurrent use.
type Form struct {
	// Token makes sending the form twice do the act once; see domain.Once.
	Token  string
	values url.Values
	order  []string
	labels map[string]string
	shown  []string
	errors []Error
	failed domain.Kind
	wait   time.Duration
}

// Error is one thing to change. Field is "" when it concerns the whole form.
type Error struct {
	Field string
	Key   string
	Args  map[string]any
}

// New returns an empty form with a fresh token; fill it with Set to edit a record.
func New(token string) *Form { return &Form{Token: token, values: url.Values{}} }

// Query returns a form over the values of an address, for filters and searches, which carry no token.
func Query(values url.Values) *Form { return &Form{values: values} }

// Parse reads a posted form. A body that is too large or not a form is Invalid.
func Parse(r *http.Request) (*Form, error) {
	const op = "form.Parse"
	r.Body = http.MaxBytesReader(nil, r.Body, maxBody)
	if err := r.ParseForm(); err != nil {
		if tooLarge := new(http.MaxBytesError); errors.As(err, &tooLarge) {
			return nil, &domain.Error{Kind: domain.KindInvalid, Op: op, Key: "error.form_too_large"}
		}
		return nil, &domain.Error{Kind: domain.KindInvalid, Op: op, Err: err}
	}
	count := 0
	for _, v := range r.PostForm {
		count += len(v)
	}
	if count > maxValues {
		return nil, &domain.Error{Kind: domain.KindInvalid, Op: op, Key: "error.form_too_large"}
	}
	return &Form{Token: r.PostForm.Get(TokenField), values: r.PostForm}, nil
}

// Unreadable is the answer to a body that is no form.
func Unreadable(err error) error {
	return &domain.Error{Kind: domain.KindInvalid, Op: "form.Parse", Err: err}
}

// Set fills a field before the form is shown.
func (f *Form) Set(name string, values ...string) { f.values[name] = values }

// Add fills one more choice of a field before the form is shown.
func (f *Form) Add(name, value string) { f.values[name] = append(f.values[name], value) }

// Value returns what is typed in a field, untouched.
func (f *Form) Value(name string) string { return f.values.Get(name) }

// Checked says whether a choice is ticked.
func (f *Form) Checked(name, value string) bool { return slices.Contains(f.values[name], value) }

// Name notes what a field is called on the page, for the error summary. Showing a field does it.
func (f *Form) Name(field, label string) {
	if f.labels == nil {
		f.labels = map[string]string{}
	}
	f.labels[field] = label
	f.shown = append(f.shown, field)
}

// Label returns what a shown field is called, "" for others.
func (f *Form) Label(field string) string { return f.labels[field] }

// Pressed says whether the button of that name sent the form.
func (f *Form) Pressed(name string) bool { return f.values.Has(name) }

// Fail notes an error on a field, or on the whole form when field is "". args are pairs of names and values.
func (f *Form) Fail(field, key string, args ...any) {
	noted := domain.Field(field, key, args...)
	f.errors = append(f.errors, Error{Field: noted.Name, Key: noted.Key, Args: noted.Args})
	if f.failed == "" {
		f.failed = domain.KindInvalid
	}
}

// Require notes an error on each of the fields that is empty.
func (f *Form) Require(key string, fields ...string) {
	for _, name := range fields {
		if f.Value(name) == "" && f.ErrorFor(name) == nil {
			f.Fail(name, key)
		}
	}
}

// Failed says whether anything must be changed.
func (f *Form) Failed() bool { return f.failed != "" }

// Kind says why the form failed, for the answer's status; "" when it did not.
func (f *Form) Kind() domain.Kind { return f.failed }

// Wait says when a budget that is used up has something left again; 0 when nobody knows.
func (f *Form) Wait() time.Duration { return f.wait }

// Explain takes over an error that the person who filled the form can do something about: wrong fields, a situation
// that changed, a budget used up. It returns false for nil and for every other error, which the handler returns.
func (f *Form) Explain(err error) bool {
	var e *domain.Error
	if !errors.As(err, &e) {
		return false
	}
	switch e.Kind {
	case domain.KindInvalid, domain.KindConflict, domain.KindStale, domain.KindTooMany, domain.KindUnavailable:
	default:
		return false
	}
	for _, field := range e.Fields {
		f.errors = append(f.errors, Error{Field: field.Name, Key: field.Key, Args: field.Args})
	}
	if len(e.Fields) == 0 {
		key := e.Key
		if key == "" {
			key = "error.kind." + string(e.Kind)
		}
		f.errors = append(f.errors, Error{Key: key, Args: e.Args})
	}
	f.failed, f.wait = e.Kind, e.After
	return true
}

// Errors returns one error a field in the order the page shows the fields (before it is shown: in which they were read),
// then those of the whole form.
func (f *Form) Errors() []Error {
	var out []Error
	for _, e := range f.errors {
		if e.Field == "" || !slices.ContainsFunc(out, func(o Error) bool { return o.Field == e.Field }) {
			out = append(out, e)
		}
	}
	slices.SortStableFunc(out, func(a, b Error) int { return f.position(a.Field) - f.position(b.Field) })
	return out
}

// ErrorFor returns the first error of a field, or nil.
func (f *Form) ErrorFor(name string) *Error {
	for i := range f.errors {
		if f.errors[i].Field == name {
			return &f.errors[i]
		}
	}
	return nil
}

func (f *Form) position(field string) int {
	if i := slices.Index(f.shown, field); i >= 0 {
		return i
	}
	if i := slices.Index(f.order, field); i >= 0 {
		return len(f.shown) + i
	}
	return len(f.shown) + len(f.order)
}

// read notes a field's place on the page and returns what was typed in it.
func (f *Form) read(name string) string {
	if !slices.Contains(f.order, name) {
		f.order = append(f.order, name)
	}
	return f.values.Get(name)
}

// String hides what was typed, so that a form never ends in a log.
func (f *Form) String() string { return fmt.Sprintf("form with %d fields", len(f.values)) }
