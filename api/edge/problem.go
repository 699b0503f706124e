package edge

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"math"
	"net/http"
	"strconv"
	"time"

	"github.com/gin-gonic/gin"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/lang"
)

// statuses is the one table from what went wrong to what HTTP says.
var statuses = map[domain.Kind]int{
	domain.KindNotFound:        http.StatusNotFound,
	domain.KindInvalid:         http.StatusUnprocessableEntity,
	domain.KindConflict:        http.StatusConflict,
	domain.KindForbidden:       http.StatusForbidden,
	domain.KindUnauthenticated: http.StatusUnauthorized,
	domain.KindStale:           http.StatusPreconditionFailed,
	domain.KindTooMany:         http.StatusTooManyRequests,
	domain.KindSecondFactor:    http.StatusUnauthorized,
	domain.KindStepUp:          http.StatusForbidden,
	domain.KindUnavailable:     http.StatusServiceUnavailable,
}

// StatusGone is what the log says of an answer nobody waited for: whoever asked
// has closed the connection. It is no error of Baara's and never seen.
const StatusGone = 499

// StatusOf gives the HTTP status of an error; what nobody classified is 500.
func StatusOf(err error) int {
	if status, ok := statuses[domain.KindOf(err)]; ok {
		return status
	}
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return http.StatusRequestEntityTooLarge
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return http.StatusServiceUnavailable
	}
	if errors.Is(err, context.Canceled) {
		return StatusGone
	}
	return http.StatusInternalServerError
}

// Problem is an RFC 9457 answer. Type is stable and made for programs; Title
// and Detail are for people, in their language; Errors point at inputs.
type Problem struct {
	Type      string         `json:"type" doc:"Stable name of the kind of problem" example:"urn:baara:problem:invalid"`
	Title     string         `json:"title" doc:"What went wrong, in the reader's language"`
	Status    int            `json:"status" doc:"HTTP status"`
	Detail    string         `json:"detail,omitempty" doc:"What to do about it, in the reader's language"`
	RequestID string         `json:"request_id" doc:"Name this when asking for help"`
	Errors    []ProblemField `json:"errors,omitempty" doc:"Inputs that are wrong"`

	after time.Duration // when to come back, 0 for the status's own time
}

// ProblemField is one wrong input.
type ProblemField struct {
	Field   string `json:"field" doc:"The input's place in what was sent" example:"phones.0.number"`
	Code    string `json:"code" doc:"Stable name of the mistake" example:"error.required"`
	Message string `json:"message" doc:"What to change, in the reader's language"`
}

// Error makes a Problem an error that huma knows how to send.
func (p *Problem) Error() string { return p.Type }

// GetStatus is the HTTP status.
func (p *Problem) GetStatus() int { return p.Status }

// ContentType is the media type of a problem.
func (p *Problem) ContentType(string) string { return "application/problem+json" }

// GetHeaders are the headers that go with the status: when to come back, and
// how to say who one is.
func (p *Problem) GetHeaders() http.Header {
	h := http.Header{}
	RetryAfter(h, p.Status, p.after)
	if p.Status == http.StatusUnauthorized {
		h.Set("WWW-Authenticate", "Bearer")
	}
	return h
}

// ProblemFor describes an error to the reader of this request. An error nobody
// classified is logged here, once, under the request's id.
func (e *Edge) ProblemFor(ctx context.Context, err error) *Problem {
	status := StatusOf(err)
	kind := kindName(err, status)
	l := e.localizer(ctx)
	p := &Problem{Type: "urn:baara:problem:" + kind, Status: status, RequestID: RequestIDFrom(ctx), Title: l.T("error.kind." + kind)}
	var own *domain.Error
	switch {
	case errors.As(err, &own) && own.Kind != "":
		p.after = own.After
		if own.Key != "" && l.Has(own.Key) {
			p.Detail = l.T(own.Key, flat(own.Args)...)
		}
		for _, f := range own.Fields {
			p.Errors = append(p.Errors, ProblemField{Field: f.Name, Code: f.Key, Message: say(l, f.Key, f.Args)})
		}
	case status == http.StatusInternalServerError:
		e.log.Error("internal error", "id", p.RequestID, "error", err.Error())
	}
	if p.Detail == "" {
		p.Detail = l.T("error.kind_help."+kind, helpArgs(kind, p.RequestID)...)
	}
	return p
}

func kindName(err error, status int) string {
	if kind := domain.KindOf(err); kind != "" {
		return string(kind)
	}
	switch status {
	case http.StatusRequestEntityTooLarge:
		return "too_large"
	case http.StatusServiceUnavailable, StatusGone:
		return string(domain.KindUnavailable)
	}
	return "internal"
}

func helpArgs(kind, requestID string) []any {
	if kind == "internal" {
		return []any{"RequestID", requestID}
	}
	return nil
}

func say(l *lang.Localizer, key string, args map[string]any) string {
	if !l.Has(key) {
		key, args = "error.value", nil
	}
	return l.T(key, flat(args)...)
}

func flat(args map[string]any) []any {
	var out []any
	for name, value := range args {
		out = append(out, name, value)
	}
	return out
}

func (e *Edge) localizer(ctx context.Context) *lang.Localizer {
	if l := LocalizerFrom(ctx); l != nil {
		return l
	}
	return e.catalogue.For(lang.French)
}

// writeProblem answers with problem+json; pages render theirs themselves.
func (e *Edge) writeProblem(w http.ResponseWriter, r *http.Request, err error) {
	e.send(w, e.ProblemFor(r.Context(), err))
}

// statusNames are transport mistakes that no use-case makes.
var statusNames = map[int]string{
	http.StatusNotFound:              string(domain.KindNotFound),
	http.StatusMethodNotAllowed:      "method_not_allowed",
	http.StatusRequestEntityTooLarge: "too_large",
	http.StatusUnsupportedMediaType:  "unsupported_media_type",
	http.StatusNotAcceptable:         "not_acceptable",
	http.StatusBadRequest:            "malformed",
	http.StatusPreconditionRequired:  "precondition_required",
	http.StatusUnprocessableEntity:   string(domain.KindInvalid),
}

// StatusProblem describes a transport mistake.
func (e *Edge) StatusProblem(ctx context.Context, status int) *Problem {
	name, ok := statusNames[status]
	if !ok {
		name = "internal"
		if status < 500 {
			name = string(domain.KindInvalid)
		}
	}
	l := e.localizer(ctx)
	id := RequestIDFrom(ctx)
	return &Problem{
		Type: "urn:baara:problem:" + name, Status: status, RequestID: id,
		Title: l.T("error.kind." + name), Detail: l.T("error.kind_help."+name, helpArgs(name, id)...),
	}
}

// RefuseStatus ends the request with the problem of a transport mistake.
func (e *Edge) RefuseStatus(c *gin.Context, status int) {
	e.send(c.Writer, e.StatusProblem(c.Request.Context(), status))
	c.Abort()
}

func (e *Edge) send(w http.ResponseWriter, p *Problem) {
	body, err := json.Marshal(p)
	if err != nil {
		e.log.Error("problem", "id", p.RequestID, "error", err.Error())
		w.WriteHeader(http.StatusInternalServerError)
		return
	}
	maps.Copy(w.Header(), p.GetHeaders())
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(p.Status)
	_, _ = w.Write(body)
}

// RetryAfter tells clients when to come back, on 429 and 503.
func RetryAfter(h http.Header, status int, after time.Duration) {
	switch {
	case after > 0:
		h.Set("Retry-After", strconv.Itoa(int(math.Ceil(after.Seconds()))))
	case status == http.StatusTooManyRequests:
		h.Set("Retry-After", "60")
	case status == http.StatusServiceUnavailable:
		h.Set("Retry-After", "5")
	}
}
