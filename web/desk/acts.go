// Package desk holds what the pages of signed-in people share beyond
// components: forms with versions, buttons that act, lists by cursor, and the
// words for codes.
//
// It promises that an act done twice by the same form counts once, that an
// edit never overwrites what somebody else saved meanwhile without showing it,
// and that every code shown has words in the reader's language. It knows no
// use-case: handlers pass what they read.
package desk

import (
	"errors"
	"strconv"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/exchange/phone"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/form"
	"github.com/baara-platform/baara/web/ui"
)

// VersionField is the hidden field with the version of the record a form was made from.
const VersionField = "version"

// maxVersion bounds the version a form carries.
const maxVersion = 1 << 30

// Version reads the version of the record a form was made from; 0 without one.
func Version(f *form.Form) int {
	n, _ := f.Int(VersionField, 0, maxVersion)
	return n
}

// Settled says whether an act is done: by this form, or by the same one sent before.
func Settled(err error) bool {
	if err == nil {
		return true
	}
	_, again := domain.Replayed(err)
	return again
}

// Then gives the actor for a second act of the same form, so that a repeat finds both done.
func Then(actor domain.Actor, step string) domain.Actor {
	if actor.Once.Key != "" {
		actor.Once.Key += "." + step
	}
	return actor
}

// Button is a form of one button about a record in some version. Each has a
// token of its own: pressing one is no repeat of another.
func Button(c *web.Context, text, url string, version int) ui.Button {
	return ui.Button{
		Text: text, URL: url, Post: true, Small: true, Secondary: true, Token: c.NewForm().Token,
		Values: map[string]string{VersionField: strconv.Itoa(version)},
	}
}

// Renamed gives the fields of an error the names they have on the page.
func Renamed(err error, name func(string) string) error {
	var e *domain.Error
	if !errors.As(err, &e) || len(e.Fields) == 0 {
		return err
	}
	out := *e
	out.Fields = make([]domain.FieldError, len(e.Fields))
	for i, f := range e.Fields {
		f.Name = name(f.Name)
		out.Fields[i] = f
	}
	return &out
}

// Pager leads on through a list; next is the listing's mark, "" at its end.
func Pager(c *web.Context, next string) ui.Pager {
	var out ui.Pager
	if next != "" {
		out.NextURL = c.With(web.AfterParam, next)
	}
	if c.Query(web.AfterParam) != "" {
		out.FirstURL = c.With(web.AfterParam, "")
	}
	return out
}

// maxPhone bounds a typed number, in characters.
const maxPhone = 40

// Phone reads a number and gives it in E.164; what is no number of any country is an error beside the field.
func Phone(f *form.Form, name string, numbers phone.Parser, country string) string {
	typed := f.Text(name, maxPhone)
	if typed == "" {
		return ""
	}
	number, err := numbers.Parse(typed, country)
	if err != nil {
		f.Fail(name, "error.phone")
	}
	return number
}
