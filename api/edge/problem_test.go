package edge_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/gin-gonic/gin"

	"github.com/baara-platform/baara/api/edge"
	"github.com/baara-platform/baara/domain"
)

func TestEveryKindHasItsStatus(t *testing.T) {
	for name, c := range map[string]struct {
		err    error
		status int
		kind   string
	}{
		"not found":       {domain.NotFound("x"), http.StatusNotFound, "not_found"},
		"invalid":         {domain.Invalid("x", domain.Field("given", "error.required")), http.StatusUnprocessableEntity, "invalid"},
		"conflict":        {domain.Conflict("x", "error.state"), http.StatusConflict, "conflict"},
		"forbidden":       {domain.Forbidden("x"), http.StatusForbidden, "forbidden"},
		"unauthenticated": {domain.Unauthenticated("x"), http.StatusUnauthorized, "unauthenticated"},
		"stale":           {domain.Stale("x"), http.StatusPreconditionFailed, "stale"},
		"too many":        {domain.TooMany("x", "error.too_many"), http.StatusTooManyRequests, "too_many"},
		"unavailable":     {domain.Unavailable("x", errors.New("down")), http.StatusServiceUnavailable, "unavailable"},
		"wrapped":         {fmt.Errorf("above: %w", domain.NotFound("x")), http.StatusNotFound, "not_found"},
		"too large":       {&http.MaxBytesError{}, http.StatusRequestEntityTooLarge, "too_large"},
		"out of time":     {fmt.Errorf("query: %w", context.DeadlineExceeded), http.StatusServiceUnavailable, "unavailable"},
		"anything else":   {errors.New("pq: secret table missing"), http.StatusInternalServerError, "internal"},
	} {
		t.Run(name, func(t *testing.T) {
			f := newFront(t, nil, func(e *edge.Edge, engine *gin.Engine) {
				engine.GET("/", func(g *gin.Context) { e.Refuse(g, c.err) })
			})
			p := f.ask(t, http.MethodGet, "/", "", "Accept-Language", "en").problem(t, c.status)
			if p.Type != "urn:baara:problem:"+c.kind || p.Title == "" || p.Detail == "" || p.RequestID == "" {
				t.Errorf("%+v", p)
			}
			if strings.Contains(p.Title+p.Detail, "error.") {
				t.Errorf("a message is missing: %+v", p)
			}
		})
	}
}

// What nobody classified is logged once, under the id the reader is given, and
// its words stay inside.
func TestInternalErrorsStayInside(t *testing.T) {
	f := newFront(t, nil, func(e *edge.Edge, engine *gin.Engine) {
		engine.GET("/error", func(g *gin.Context) { e.Refuse(g, errors.New("relation persons is gone")) })
		engine.GET("/panic", func(*gin.Context) { panic("index out of range") })
	})
	for path, secret := range map[string]string{"/error": "persons is gone", "/panic": "out of range"} {
		got := f.ask(t, http.MethodGet, path, "")
		p := got.problem(t, http.StatusInternalServerError)
		if strings.Contains(got.body, secret) || !strings.Contains(p.Detail, p.RequestID) {
			t.Errorf("%s: %s", path, got.body)
		}
		log := f.log.String()
		if strings.Count(log, secret) != 1 || !strings.Contains(log, p.RequestID) {
			t.Errorf("%s: the log says %s", path, log)
		}
	}
}

func TestFieldsAreSaidInTheReadersLanguage(t *testing.T) {
	f := newFront(t, nil, func(e *edge.Edge, engine *gin.Engine) {
		engine.GET("/", func(g *gin.Context) {
			e.Refuse(g, domain.Invalid("x", domain.Field("phones.0.number", "error.too_long", "Max", 20), domain.Field("odd", "error.nobody.wrote")))
		})
	})
	for language, want := range map[string]string{"fr": "Écrivez 20 caractères au plus", "en": "Write at most 20 characters"} {
		p := f.ask(t, http.MethodGet, "/", "", "Accept-Language", language).problem(t, http.StatusUnprocessableEntity)
		if len(p.Errors) != 2 || p.Errors[0].Field != "phones.0.number" || p.Errors[0].Code != "error.too_long" || p.Errors[0].Message != want {
			t.Errorf("%s: %+v", language, p.Errors)
		}
		if p.Errors[1].Message == "" || strings.Contains(p.Errors[1].Message, "nobody") {
			t.Errorf("a message nobody wrote: %+v", p.Errors[1])
		}
	}
}

func TestProblemsSayWhenToComeBackAndHowToSignIn(t *testing.T) {
	for status, want := range map[int][2]string{
		http.StatusTooManyRequests: {"Retry-After", "60"}, http.StatusServiceUnavailable: {"Retry-After", "5"},
		http.StatusUnauthorized: {"WWW-Authenticate", "Bearer"},
	} {
		f := newFront(t, nil, func(e *edge.Edge, engine *gin.Engine) {
			engine.GET("/", func(g *gin.Context) { e.RefuseStatus(g, status) })
		})
		if got := f.ask(t, http.MethodGet, "/", ""); got.header.Get(want[0]) != want[1] {
			t.Errorf("%d: %s is %q", status, want[0], got.header.Get(want[0]))
		}
	}
}
