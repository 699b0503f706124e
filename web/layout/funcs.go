package layout

import (
	"fmt"
	"html/template"
	"net/url"
	"time"

	"github.com/baara-platform/baara/domain/lang"
	"github.com/baara-platform/baara/web/form"
	"github.com/baara-platform/baara/web/icon"
	"github.com/baara-platform/baara/web/ui"
)

// functions are what templates may call, in one language:
//
//	t "key" pairs…          a message             n "key" count pairs…   its plural form
//	thtml "key" pairs…      a message with links  link text url          a link, for thtml
//	ui value                a component           icon "phone"           a picture
//	input, textarea, select, radios, checkboxes, checkbox, tiles, dateparts, combobox   a field; see ui.Field
//	draftbox                the offer to keep answers in this browser, inside <form data-draft="name">
//	token .Form             the hidden field every form that changes something begins with
//	number, money, percent, km, bytes, list, date, day, moment, phone                   formats of the language
//	data "text"             somebody's words, a name or a reference, in their own direction
func functions(set *template.Template, l *lang.Localizer, icons *icon.Set) template.FuncMap {
	component := func(v any) (template.HTML, error) {
		name := ui.TemplateName(v)
		if name == "" {
			return "", fmt.Errorf("layout: %T is not a component", v)
		}
		return render(set, name, v)
	}
	out := template.FuncMap{
		"t":          l.T,
		"n":          l.N,
		"thtml":      l.HTML,
		"ui":         component,
		"icon":       icons.HTML,
		"link":       func(text, url string) (template.HTML, error) { return component(ui.Link{Text: text, URL: url}) },
		"tag":        func(text string, tone ui.Tone) ui.Tag { return ui.Tag{Text: text, Tone: tone} },
		"notice":     func(tone ui.Tone, text string) ui.Notice { return ui.Notice{Tone: tone, Text: text} },
		"draftbox":   func() (template.HTML, error) { return component(ui.DraftBox{}) },
		"token":      token,
		"number":     func(n any) (string, error) { return number(l, n) },
		"money":      l.Money,
		"percent":    l.Percent,
		"km":         l.Kilometres,
		"bytes":      l.Bytes,
		"list":       l.List,
		"date":       l.Date,
		"day":        l.Day,
		"moment":     l.Time,
		"phone":      phoneLink(l),
		"data":       data,
		"rfc3339":    func(t time.Time) string { return t.UTC().Format(time.RFC3339) },
		"add":        func(a, b int) int { return a + b },
		"noticeicon": noticeIcon,
		"cell": func(v any) (any, error) {
			if text, ok := v.(string); ok {
				return template.HTML("<bdi>" + template.HTMLEscapeString(text) + "</bdi>"), nil //nolint:gosec // escaped
			}
			if ui.TemplateName(v) == "" {
				return v, nil
			}
			return component(v)
		},
	}
	for _, kind := range ui.Kinds() {
		out[kind] = func(f *form.Form, name string, opts ...any) (template.HTML, error) {
			field, err := ui.NewField(l, kind, f, name, opts...)
			if err != nil {
				return "", err
			}
			return component(field)
		}
	}
	return out
}

// placeholders names the functions while templates are parsed, before a language is known.
func placeholders() template.FuncMap {
	out := functions(nil, &lang.Localizer{}, &icon.Set{})
	for name := range out {
		out[name] = func(...any) string { return "" }
	}
	return out
}

func number(l *lang.Localizer, n any) (string, error) {
	switch v := n.(type) {
	case int:
		return l.Number(int64(v)), nil
	case int64:
		return l.Number(v), nil
	}
	return "", fmt.Errorf("layout: %T is not a whole number", n)
}

func token(f *form.Form) (template.HTML, error) {
	if f == nil || f.Token == "" {
		return "", fmt.Errorf("layout: a form without a token cannot be sent safely")
	}
	value := template.HTMLEscapeString(f.Token)
	return template.HTML(`<input type="hidden" name="` + form.TokenField + `" value="` + value + `">`), nil //nolint:gosec // escaped
}

// data shows words somebody typed: their direction is their own, and translators leave them alone.
func data(words any) template.HTML {
	return template.HTML(`<bdi translate="no">` + template.HTMLEscaper(words) + `</bdi>`) //nolint:gosec // escaped
}

// phoneLink shows a number as people say it, ready to be called.
func phoneLink(l *lang.Localizer) func(any) template.HTML {
	return func(number any) template.HTML {
		e164 := fmt.Sprint(number)
		address := url.URL{Scheme: "tel", Opaque: e164}
		return template.HTML(`<a href="` + template.HTMLEscapeString(address.String()) + `"><bdi dir="ltr">` + //nolint:gosec // escaped
			template.HTMLEscapeString(l.Phone(e164)) + `</bdi></a>`)
	}
}

func noticeIcon(tone ui.Tone) string {
	switch tone {
	case ui.Good:
		return "circle-check"
	case ui.Warning, ui.Bad:
		return "triangle-alert"
	}
	return "info"
}
