// Package proof puts a proof of work into forms that visitors send: the
// challenge, the script that solves it, and the address of a new one when the
// first has become too old.
//
// A form without it, or with one that is no good any more, is sent all the
// same; what it makes then waits for somebody of the staff. Nothing typed is
// ever lost for it.
package proof

import (
	"encoding/json"
	"errors"
	"slices"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/exchange/work"
	"github.com/baara-platform/baara/domain/watch"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/form"
)

// maxSolution bounds a solution, in characters.
const maxSolution = 1000

// View is what a form's template needs: the attributes data-work and
// data-work-from, and the address of the script.
type View struct {
	Challenge string
	From      string
	Script    string
}

// challenge is what the script reads.
type challenge struct {
	Algorithm string `json:"algorithm"`
	Challenge string `json:"challenge"`
	Most      int64  `json:"maxNumber"`
	Salt      string `json:"salt"`
	Signature string `json:"signature"`
	Seconds   int    `json:"seconds"`
}

func pose(w *watch.Work, purpose watch.Purpose) ([]byte, error) {
	c, err := w.Pose(purpose)
	if err != nil {
		return nil, err
	}
	return json.Marshal(challenge{
		Algorithm: c.Algorithm, Challenge: c.Hash, Most: c.Most, Salt: c.Salt, Signature: c.Signature, Seconds: int(work.Life.Seconds()),
	})
}

// Of poses a challenge for a form; from is the address that gives another one.
func Of(c *web.Context, w *watch.Work, purpose watch.Purpose, from string) (View, error) {
	text, err := pose(w, purpose)
	return View{Challenge: string(text), From: from, Script: c.Static("work.js")}, err
}

// Again answers the script with another challenge.
func Again(w *watch.Work, purpose watch.Purpose) (web.Page, error) {
	text, err := pose(w, purpose)
	return web.Page{File: &web.File{Name: "work.json", ContentType: "application/json", Body: text}}, err
}

// Read gives the solution a form was sent with.
func Read(f *form.Form) string { return f.Text(watch.WorkField, maxSolution) }

// Try acts with the form's solution, and without one when it is no good any
// more: spent by a form sent before, or too old.
func Try(solution string, act func(solution string) error) error {
	err := act(solution)
	var wrong *domain.Error
	if errors.As(err, &wrong) && slices.ContainsFunc(wrong.Fields, func(f domain.FieldError) bool { return f.Name == watch.WorkField }) {
		return act("")
	}
	return err
}
