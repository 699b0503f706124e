package v1_test

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/web/webtest"
)

// posted is a form as a page offers it, filled in as it is shown and, where
// nothing is, with something plausible.
type posted struct {
	action string
	values url.Values
	boxes  url.Values // the first box of each name, where none is ticked
}

// formsOf reads the forms that a page offers to send.
func formsOf(page []byte) (out []posted) {
	doc, err := html.Parse(strings.NewReader(string(page)))
	if err != nil {
		return nil
	}
	var walk func(*html.Node, *posted)
	walk = func(n *html.Node, in *posted) {
		at := func(name string) string {
			for _, a := range n.Attr {
				if a.Key == name {
					return a.Val
				}
			}
			return ""
		}
		has := func(name string) bool {
			return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == name })
		}
		name := at("name")
		switch {
		case n.Type != html.ElementNode:
		case n.Data == "form" && strings.EqualFold(at("method"), "post"):
			out = append(out, posted{at("action"), url.Values{}, url.Values{}})
			next := len(out) - 1
			for c := n.FirstChild; c != nil; c = c.NextSibling {
				walk(c, &out[next])
			}
			return
		case in == nil || name == "":
		case n.Data == "input" && at("type") == "radio", n.Data == "input" && at("type") == "checkbox":
			if has("checked") || at("type") == "radio" && !in.values.Has(name) {
				in.values.Add(name, at("value"))
			} else if !in.boxes.Has(name) {
				in.boxes.Set(name, at("value"))
			}
		case n.Data == "input":
			in.values.Add(name, plausible(at("type"), name, at("value")))
		case n.Data == "textarea":
			text := "Un mot"
			if n.FirstChild != nil {
				text = n.FirstChild.Data
			}
			in.values.Add(name, text)
		case n.Data == "select":
			if v := chosen(n); v != "" {
				in.values.Add(name, v)
			}
		case n.Data == "button" && at("value") != "" && !in.values.Has(name):
			in.values.Add(name, at("value"))
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c, in)
		}
	}
	walk(doc, nil)
	return out
}

func plausible(kind, name, value string) string {
	switch {
	case value != "" || kind == "hidden":
		return value
	case kind == "tel" || strings.Contains(name, "phone"):
		return "70 12 34 56"
	case kind == "date" || strings.HasSuffix(name, "_on"):
		return domain.DateOf(time.Now()).String()
	case kind == "email":
		return "forme@example.org"
	case strings.Contains(name, "year"):
		return "1990"
	case strings.Contains(name, "day"), strings.Contains(name, "month"):
		return "5"
	case kind == "number":
		return "1"
	case kind == "password":
		return password
	}
	return "Un mot"
}

// chosen is the option that is selected, or the first that says something.
func chosen(n *html.Node) (value string) {
	for c := range n.Descendants() {
		if c.Type != html.ElementNode || c.Data != "option" {
			continue
		}
		selected, v := false, ""
		for _, a := range c.Attr {
			selected = selected || a.Key == "selected"
			if a.Key == "value" {
				v = a.Val
			}
		}
		if selected && v != "" || value == "" {
			value = v
		}
	}
	return value
}

// post sends a form as somebody, in the process of the server.
func (c crawler) post(t *testing.T, by caller, address string, values url.Values) answer {
	t.Helper()
	in, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "http://baara.test"+address, strings.NewReader(values.Encode()))
	must(t, err)
	in.RequestURI, in.RemoteAddr = address, "127.0.0.1:1"
	n := c.w.next()
	in.Header.Set("X-Forwarded-For", fmt.Sprintf("198.51.%d.%d", n/250%250, n%250))
	in.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if by.cookie != "" {
		in.Header.Set("Cookie", by.cookie)
	}
	out := webtest.Ask(c.w.server.Handler, in)
	if out.Code >= http.StatusInternalServerError {
		t.Errorf("POST %s: status %d", address, out.Code)
	}
	return answer{code: out.Code, header: out.Header(), body: out.Body.Bytes(), asked: "POST " + address}
}
