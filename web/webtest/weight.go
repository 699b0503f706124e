package webtest

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// Budget is what a page may cost: bytes on the wire, compressed, and requests. Zero means no limit. A file of another
// origin is always too much.
type Budget struct {
	// First counts the page with its style sheet, scripts and icon; Repeat the page alone, the rest being kept.
	First, Repeat int
	Requests      int
}

// The budgets of the design, in bytes.
func PublicFirst() Budget { return Budget{First: 12 << 10, Requests: 4} }

// PublicStep is for the pages after a visitor's first one.
func PublicStep() Budget { return Budget{Repeat: 5 << 10, Requests: 4} }

// Staff is for pages of counsellors and employers.
func Staff() Budget { return Budget{First: 25 << 10, Repeat: 10 << 10, Requests: 4} }

// Work is for an employer's form before it has an account: the page of an employer, and one more file, the script that
// works for it. That is a file of its own because visitors' other pages do without it.
func Work() Budget { b := Staff(); b.Requests++; return b }

// Dashboard is for pages of charts.
func Dashboard() Budget { return Budget{First: 40 << 10, Requests: 4} }

func checkWeight(t *testing.T, address string, o Options) {
	t.Helper()
	page := get(t, address, o)
	want := o.Status
	if want == 0 {
		want = http.StatusOK
	}
	if page.status != want {
		t.Fatalf("status %d, want %d", page.status, want)
	}
	total, requests := page.wire, 1
	for _, part := range parts(t, page.body) {
		absolute := join(t, address, part)
		if !strings.HasPrefix(absolute, origin(t, address)) {
			t.Errorf("loads %s from another origin", part)
			continue
		}
		one := get(t, absolute, o)
		if one.status != http.StatusOK {
			t.Errorf("%s: status %d", part, one.status)
		}
		total += one.wire
		requests++
	}
	b := o.Budget
	t.Logf("page %d bytes, with its files %d, %d requests", page.wire, total, requests)
	if b.First > 0 && total > b.First {
		t.Errorf("first visit weighs %d bytes, the budget is %d", total, b.First)
	}
	if b.Repeat > 0 && page.wire > b.Repeat {
		t.Errorf("the page weighs %d bytes, the budget is %d", page.wire, b.Repeat)
	}
	if b.Requests > 0 && requests > b.Requests {
		t.Errorf("%d requests, the budget is %d", requests, b.Requests)
	}
}

type fetched struct {
	status, wire int
	body         []byte
}

// get fetches one file and says what it weighs compressed, as the edge sends it.
func get(t *testing.T, address string, o Options) fetched {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range o.Cookies {
		request.AddCookie(c)
	}
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	answer, err := client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	var zipped bytes.Buffer
	w := gzip.NewWriter(&zipped)
	if _, err := w.Write(body); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return fetched{answer.StatusCode, zipped.Len(), body}
}

// parts lists what a browser loads with a page: style sheets, scripts, pictures. The manifest and what is fetched ahead
// of the next page do not hold up this one.
func parts(t *testing.T, body []byte) []string {
	t.Helper()
	root, err := html.Parse(bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for n := range root.Descendants() {
		switch {
		case n.Type != html.ElementNode:
		case n.Data == "link" && (attribute(n, "rel") == "stylesheet" || attribute(n, "rel") == "icon"):
			out = append(out, attribute(n, "href"))
		case n.Data == "script" || n.Data == "img":
			if src := attribute(n, "src"); src != "" {
				out = append(out, src)
			}
		}
	}
	return out
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func join(t *testing.T, base, ref string) string {
	t.Helper()
	b, err := url.Parse(base)
	if err != nil {
		t.Fatal(err)
	}
	joined, err := b.Parse(ref)
	if err != nil {
		t.Fatal(err)
	}
	return joined.String()
}

func origin(t *testing.T, address string) string { return join(t, address, "/") }
