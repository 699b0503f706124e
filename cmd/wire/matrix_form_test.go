package wire_test

import (
	"html"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
)

// A page's form is read as a browser would send it: hidden fields, what is
// typed, ticked and chosen. Buttons are left to who presses them.

var (
	formTag   = regexp.MustCompile(`(?s)<form\b([^>]*)>(.*?)</form>`)
	fieldTag  = regexp.MustCompile(`(?s)<input\b([^>]*)>|<textarea\b([^>]*)>(.*?)</textarea>|<select\b([^>]*)>(.*?)</select>`)
	optionTag = regexp.MustCompile(`(?s)<option\b([^>]*)>`)
	attribute = regexp.MustCompile(`([a-zA-Z_:.-]+)(?:="([^"]*)"|='([^']*)')?`)
)

func attributes(tag string) map[string]string {
	out := map[string]string{}
	for _, a := range attribute.FindAllStringSubmatch(tag, -1) {
		out[a[1]] = html.UnescapeString(a[2] + a[3])
	}
	return out
}

// formOn finds the form of a page that is sent to an address, and the values it
// would send; values nobody ticked are missing. Of several the first that has
// every one of the values that are to be sent with it.
func formOn(page *httptest.ResponseRecorder, at, action string) (url.Values, bool) {
	for _, f := range formTag.FindAllStringSubmatch(page.Body.String(), -1) {
		a := attributes(f[1])
		to, given := a["action"]
		if path, _, _ := strings.Cut(to, "?"); a["method"] != "post" || given && to != "" && path != action || (!given || to == "") && at != action {
			continue
		}
		return fields(f[2]), true
	}
	return nil, false
}

func fields(form string) url.Values {
	out := url.Values{}
	for _, tag := range fieldTag.FindAllStringSubmatch(form, -1) {
		switch {
		case strings.HasPrefix(tag[0], "<input"):
			a := attributes(tag[1])
			_, ticked := a["checked"]
			value, given := a["value"]
			if !given && (a["type"] == "checkbox" || a["type"] == "radio") {
				value = "on"
			}
			if kind := a["type"]; a["name"] == "" || kind == "submit" || kind == "button" || (kind == "checkbox" || kind == "radio") && !ticked {
				continue
			}
			out.Add(a["name"], value)
		case strings.HasPrefix(tag[0], "<textarea"):
			out.Add(attributes(tag[2])["name"], html.UnescapeString(tag[3]))
		default:
			out.Add(attributes(tag[4])["name"], chosen(tag[5]))
		}
	}
	return out
}

// chosen is the selected option, or the first.
func chosen(options string) string {
	first, any := "", false
	for _, o := range optionTag.FindAllStringSubmatch(options, -1) {
		a := attributes(o[1])
		if _, selected := a["selected"]; selected {
			return a["value"]
		}
		if !any {
			first, any = a["value"], true
		}
	}
	return first
}
