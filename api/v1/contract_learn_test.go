package v1_test

import (
	"fmt"
	"math"
	"net/http"
	"regexp"
	"strings"
)

// choice is one thing that was chosen for a request: who, which record, or what
// stands at a place of the body or the query.
type choice struct {
	key, under string // under is what is thought of a key that was never tried
	who        bool   // the caller or the record the address names
	at         string // in the body or the query; "" for who
}

type stat struct{ tries, ok int }

func (r *run) stat(key string) *stat {
	s := r.stats[key]
	if s == nil {
		s = &stat{}
		r.stats[key] = s
	}
	return s
}

// hope is how likely a choice is thought to work.
func (r *run) hope(c choice) float64 {
	above := 0.5
	if c.under != "" {
		s := r.stat(c.under)
		above = (float64(s.ok) + 1) / (float64(s.tries) + 2)
	}
	s := r.stat(c.key)
	return (float64(s.ok) + 2*above) / (float64(s.tries) + 2)
}

// pick chooses one of n by what worked, or, when the request tries something
// out, by chance.
func (r *run) pick(n int, newer bool, of func(int) choice) int {
	if n == 0 {
		return -1
	}
	best := r.dice.IntN(n)
	if n > 1 && !(r.bold && r.chance(0.4)) {
		most := -1.0
		for range min(2*n, 12) {
			i := r.dice.IntN(n)
			if newer { // they are in a state that fewer acts have changed
				i = n - 1 - int(float64(n)*math.Pow(r.dice.Float64(), 3))
			}
			if score := r.hope(of(i)) + 0.08*r.dice.Float64(); score > most {
				best, most = i, score
			}
		}
	}
	r.choices = append(r.choices, of(best))
	return best
}

// wants says whether an optional member is sent.
func (r *run) wants(q *request, at string) bool {
	with := choice{key: q.op.OperationID + " with " + at, at: at}
	without := choice{key: q.op.OperationID + " without " + at, at: at}
	p := r.hope(with) / (r.hope(with) + r.hope(without))
	if r.bold {
		p = 0.5
	}
	if r.sparse {
		p *= 0.4
	}
	if r.chance(p) {
		r.choices = append(r.choices, with)
		return true
	}
	r.choices = append(r.choices, without)
	return false
}

var index = regexp.MustCompile(`\.[0-9]+`)

// learn draws what there is to learn from an answer: a problem tells whether
// it lay with who asked, with the record's state, or with a member.
func (r *run) learn(q *request, a answer) {
	worked := a.code < http.StatusBadRequest
	r.mark(choice{key: q.op.OperationID}, worked)
	var wrong []string
	for i := range a.len("errors") {
		wrong = append(wrong, "."+index.ReplaceAllString(a.text(fmt.Sprintf("errors.%d.field", i)), "[]"))
	}
	named := false
	for _, c := range q.choices {
		named = named || c.at != "" && blames(wrong, c.at)
	}
	for _, c := range q.choices {
		switch {
		case worked:
			r.mark(c, true)
		case a.code == http.StatusUnauthorized, a.code == http.StatusForbidden, a.code == http.StatusNotFound:
			if c.who || strings.Contains(c.key, " on ") {
				r.mark(c, false)
			}
		case a.code == http.StatusConflict:
			if strings.Contains(c.key, " on ") || !c.who && r.chance(0.3) {
				r.mark(c, false)
			}
		case a.code != http.StatusUnprocessableEntity:
		case named:
			if c.at != "" && blames(wrong, c.at) {
				r.mark(c, false)
			}
		case !c.who || r.chance(0.2):
			r.mark(c, false)
		}
	}
}

// blames says whether a problem is about a place or something in it.
func blames(wrong []string, at string) bool {
	at = "." + strings.TrimPrefix(strings.TrimPrefix(at, "?"), ".")
	for _, field := range wrong {
		of, counted := strings.CutSuffix(at, "#") // how many there are: the more, the more can be wrong
		if at == field || strings.HasPrefix(at, field+".") || strings.HasPrefix(at, field+"[") || strings.HasSuffix(at, field) || counted && strings.HasPrefix(field, of) {
			return true
		}
	}
	return false
}

func (r *run) mark(c choice, worked bool) {
	for _, key := range []string{c.key, c.under} {
		if key == "" {
			continue
		}
		s := r.stat(key)
		s.tries++
		if worked {
			s.ok++
		}
	}
}
