package lang

import (
	"fmt"
	"html/template"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	msgtemplate "github.com/nicksnyder/go-i18n/v2/i18n/template"
)

// Localizer gives messages and formats in one language. It is immutable and safe for concurrent use.
type Localizer struct {
	catalogue *Catalogue
	table     *table
	fallback  *table
	parser    *msgtemplate.TextParser
	zone      *time.Location
}

// For returns the localizer of a language, or the French one when the language has no messages.
func (c *Catalogue) For(tag Tag) *Localizer {
	t := c.tables[tag]
	if t == nil {
		t = c.tables[French]
	}
	return &Localizer{
		catalogue: c, table: t, fallback: c.tables[French], zone: c.opts.zone,
		parser: &msgtemplate.TextParser{Option: "missingkey=error"},
	}
}

// Tag returns the language code.
func (l *Localizer) Tag() Tag { return l.table.language.Tag }

// Mostly is the language most of a page's words are in, where the reader's has
// few messages yet and falls back; "" where it has its own.
func (l *Localizer) Mostly() Tag {
	if 2*len(l.table.keys) < len(l.fallback.keys) {
		return l.fallback.language.Tag
	}
	return ""
}

// Dir returns the text direction, "ltr" or "rtl".
func (l *Localizer) Dir() string { return l.table.language.Dir }

// Language describes the localizer's language.
func (l *Localizer) Language() Language { return l.table.language }

// T returns the message of a key. args are pairs of a placeholder's name and its value: T("common.step", "N", 3,
// "Total", 8) fills {{.N}} and {{.Total}}; one map[string]any, as domain.Error carries, is accepted too. Whole numbers are
// formatted for the language: pass years and references as strings. An unknown key or a missing argument returns the key itself and is reported to OnMissing.
func (l *Localizer) T(key string, args ...any) string {
	if len(args) == 0 {
		if s, ok := l.table.plain[key]; ok {
			return s
		}
	}
	return l.render(key, nil, args)
}

// N returns the plural form of a message for a count, given to it as {{.N}}.
func (l *Localizer) N(key string, count int, args ...any) string {
	return l.render(key, count, append([]any{"N", count}, args...))
}

// HTML is T for messages that hold a link or emphasis: the message and its text arguments are escaped, arguments of
// type template.HTML are kept.
func (l *Localizer) HTML(key string, args ...any) template.HTML {
	kept := map[string]string{}
	args = slices.Clone(args)
	for i := 1; i < len(args); i += 2 {
		if h, ok := args[i].(template.HTML); ok {
			mark := "\ue000" + strconv.Itoa(i) + "\ue001" // private use: no message or name holds them
			kept[mark] = string(h)
			args[i] = mark
		}
	}
	text := template.HTMLEscapeString(l.T(key, args...))
	for mark, h := range kept {
		text = strings.ReplaceAll(text, mark, h)
	}
	return template.HTML(text) //nolint:gosec // every part was escaped above or was HTML already
}

// Problem returns the message of a mistake found in what somebody sent. A key without a message of its own, as a database
// constraint may have, says that the value is not as expected.
func (l *Localizer) Problem(key string, args map[string]any) string {
	if !l.Has(key) {
		return l.T("error.value")
	}
	return l.T(key, args)
}

// Has says whether the key exists, in the language itself or in French.
func (l *Localizer) Has(key string) bool { return l.table.keys[key] || l.fallback.keys[key] }

func (l *Localizer) render(key string, count any, args []any) string {
	table := l.table
	if !table.keys[key] {
		table = l.fallback
	}
	if s, ok := table.plain[key]; ok {
		return s
	}
	text, err := l.execute(table, key, count, args)
	if err != nil {
		if report := l.catalogue.opts.onMissing; report != nil {
			report(l.Tag(), key, err)
		}
		return key
	}
	return text
}

func (l *Localizer) execute(t *table, key string, count any, args []any) (string, error) {
	if !t.keys[key] {
		return "", fmt.Errorf("no message %q", key)
	}
	data, err := l.arguments(key, args)
	if err != nil {
		return "", err
	}
	return t.source.Localize(&i18n.LocalizeConfig{
		MessageID: key, PluralCount: count, TemplateData: data, TemplateParser: l.parser,
	})
}

func (l *Localizer) arguments(key string, args []any) (map[string]any, error) {
	data := make(map[string]any, len(args))
	if len(args) == 1 {
		named, ok := args[0].(map[string]any)
		if !ok {
			return nil, fmt.Errorf("%q has a name without a value", key)
		}
		for name, v := range named {
			data[name] = l.argument(v)
		}
		return data, nil
	}
	for i := 0; i < len(args); i += 2 {
		name, ok := args[i].(string)
		if !ok || i+1 == len(args) {
			return nil, fmt.Errorf("argument %d of %q is not a name followed by a value", i, key)
		}
		data[name] = l.argument(args[i+1])
	}
	return data, nil
}

// argument formats what a sentence receives: whole numbers by language, everything else as it is.
func (l *Localizer) argument(v any) any {
	switch n := v.(type) {
	case int:
		return l.Number(int64(n))
	case int32:
		return l.Number(int64(n))
	case int64:
		return l.Number(n)
	}
	return v
}
