package v1

import (
	"time"

	"github.com/baara-platform/baara/api/edge"
	"github.com/baara-platform/baara/domain"
)

// one is an answer that holds one record, with its entity tag.
type one[T any] struct {
	ETag     string `header:"ETag" doc:"Version of the record, for If-Match"`
	Location string `header:"Location" doc:"Address of a created record"`
	Body     T
}

func record[T any](version int, body T) *one[T] {
	return &one[T]{ETag: edge.ETag(version), Body: body}
}

func created[T any](version int, id domain.ID, path string, body T) *one[T] {
	return &one[T]{ETag: edge.ETag(version), Location: Prefix + path + "/" + string(id), Body: body}
}

// view is an answer whose shape depends on the reader.
type view = one[any]

// plain is an answer without a version.
type plain[T any] struct{ Body T }

// list is an answer that holds one page of records.
type list[T any] struct {
	Body PageOf[T]
}

const nextDoc = "Give it as after= to get the next page; missing on the last"

// PageOf is one page of a list.
type PageOf[T any] struct {
	Items []T    `json:"items"`
	Next  string `json:"next,omitempty" doc:"Give it as after= to get the next page; missing on the last"`
}

func listed[D, T any](in domain.Listing[D], to func(D) T) *list[T] {
	return &list[T]{Body: PageOf[T]{Items: each(in.Items, to), Next: in.Next}}
}

// views is a list of records whose shape depends on the reader.
type views struct{ Body any }

func listedViews[D any](in domain.Listing[D], to func(D) any) *views {
	return &views{Body: PageOf[any]{Items: each(in.Items, to), Next: in.Next}}
}

// whole is a list that is short enough to have one page.
func whole[D, T any](items []D, to func(D) T) *list[T] {
	return listed(domain.Listing[D]{Items: items}, to)
}

// each maps a list; an empty one is [] in JSON, never null.
func each[D, T any](items []D, to func(D) T) []T {
	out := make([]T, len(items))
	for i, item := range items {
		out[i] = to(item)
	}
	return out
}

// nothing answers 204.
type nothing struct{}

// codes turns typed codes into the API's strings and back.
func codes[From, To ~string](in []From) []To {
	return each(in, func(c From) To { return To(c) })
}

// timeOut leaves a missing time out of the answer.
func timeOut(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

// again runs an act and, where the very request was carried out before, reads
// the record instead, under the reader's own permission.
func again[T any](done T, err error, read func(domain.ID) (T, error)) (T, error) {
	if id, repeated := domain.Replayed(err); repeated {
		return read(id)
	}
	return done, err
}
