package lang

import (
	"embed"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"github.com/pelletier/go-toml/v2"
	"golang.org/x/text/language"
)

//go:embed messages/*.toml
var files embed.FS

// Catalogue is every message in every language. Build one with Load and share it.
type Catalogue struct {
	tables map[Tag]*table
	opts   options
}

// table is one language. plain holds the messages without arguments, which need no template.
type table struct {
	language Language
	plain    map[string]string
	keys     map[string]bool
	source   *i18n.Localizer
}

type options struct {
	pseudo    bool
	onMissing func(Tag, string, error)
	zone      *time.Location
	home      int32
}

// Option changes how a catalogue behaves.
type Option func(*options)

// WithPseudo adds the pseudo-locale, for tests: its texts are French ones with changed letters between ⟦ and ⟧.
func WithPseudo() Option { return func(o *options) { o.pseudo = true } }

// OnMissing is called when a message does not exist or cannot be rendered; the key is then shown instead. Servers log
// it, tests fail. The key and the error carry no personal data.
func OnMissing(f func(tag Tag, key string, err error)) Option {
	return func(o *options) { o.onMissing = f }
}

// InZone sets the time zone instants are shown in; the default is UTC, which is also Mali's.
func InZone(z *time.Location) Option { return func(o *options) { o.zone = z } }

// HomeCallingCode sets the country whose phone numbers are shown without prefix; the default is 223, Mali.
func HomeCallingCode(code int32) Option { return func(o *options) { o.home = code } }

// Load reads the embedded messages. It fails on a malformed file, a key outside its file's area or a key given twice.
func Load(opts ...Option) (*Catalogue, error) {
	return loadFS(files, opts...)
}

func loadFS(fsys fs.FS, opts ...Option) (*Catalogue, error) {
	c := &Catalogue{tables: map[Tag]*table{}, opts: options{zone: time.UTC, home: 223}}
	for _, o := range opts {
		o(&c.opts)
	}
	read, err := readAll(fsys)
	if err != nil {
		return nil, fmt.Errorf("lang: load: %w", err)
	}
	if c.opts.pseudo {
		read[Pseudo] = pseudoMessages(read[French])
	}
	for tag, messages := range read {
		if c.tables[tag], err = newTable(tag, messages); err != nil {
			return nil, fmt.Errorf("lang: load %s: %w", tag, err)
		}
	}
	if c.tables[French] == nil {
		return nil, fmt.Errorf("lang: load: no French messages")
	}
	return c, nil
}

// Keys returns the keys a language defines itself, sorted.
func (c *Catalogue) Keys(tag Tag) []string {
	if c.tables[tag] == nil {
		return nil
	}
	return slices.Sorted(maps.Keys(c.tables[tag].keys))
}

// readAll reads messages/<area>.<tag>.toml and messages/<area>-<part>.<tag>.toml for every area and language.
func readAll(fsys fs.FS) (map[Tag]map[string]*i18n.Message, error) {
	names, err := fs.Glob(fsys, "messages/*.toml")
	if err != nil {
		return nil, err
	}
	out := map[Tag]map[string]*i18n.Message{}
	for _, name := range names {
		stem, code, _ := strings.Cut(strings.TrimSuffix(path.Base(name), ".toml"), ".")
		area, _, _ := strings.Cut(stem, "-")
		tag := Tag(code)
		if _, known := describe(tag); !known || !slices.Contains(Areas(), area) {
			return nil, fmt.Errorf("%s: not named area.language.toml or area-part.language.toml", name)
		}
		body, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, err
		}
		var tree map[string]any
		if err := toml.Unmarshal(body, &tree); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		if out[tag] == nil {
			out[tag] = map[string]*i18n.Message{}
		}
		if err := flatten(out[tag], "", tree); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		for key := range tree {
			if first, _, _ := strings.Cut(key, "."); first != area {
				return nil, fmt.Errorf("%s: key %q is not of the area %q", name, key, area)
			}
		}
	}
	return out, nil
}

// flatten turns nested TOML tables into messages with dotted keys. A quoted key is kept whole, which lets "error.phone" and
// "error.phone.twice" both be messages. A table that has only plural forms is one message.
func flatten(out map[string]*i18n.Message, prefix string, node map[string]any) error {
	for name, value := range node {
		key := strings.TrimPrefix(prefix+"."+name, ".")
		switch v := value.(type) {
		case string:
			if out[key] != nil {
				return fmt.Errorf("%s is given twice", key)
			}
			out[key] = &i18n.Message{ID: key, Other: unbroken(v)}
		case map[string]any:
			if m, ok := pluralMessage(key, v); ok {
				if out[key] != nil {
					return fmt.Errorf("%s is given twice", key)
				}
				out[key] = m
			} else if err := flatten(out, key, v); err != nil {
				return err
			}
		default:
			return fmt.Errorf("%s: a message is a text or a table of plural forms, not %T", key, value)
		}
	}
	return nil
}

func pluralMessage(key string, forms map[string]any) (*i18n.Message, bool) {
	m := &i18n.Message{ID: key}
	fields := map[string]*string{
		"zero": &m.Zero, "one": &m.One, "two": &m.Two, "few": &m.Few, "many": &m.Many, "other": &m.Other,
	}
	for form, text := range forms {
		s, isText := text.(string)
		field := fields[form]
		if field == nil || !isText {
			return nil, false
		}
		*field = unbroken(s)
	}
	return m, m.Other != ""
}

// unbroken keeps French punctuation on the line of its word: authors type ordinary spaces.
func unbroken(text string) string {
	return strings.NewReplacer(" :", fixedSpace+":", " ;", fixedSpace+";", " ?", fixedSpace+"?", " !", fixedSpace+"!",
		" »", fixedSpace+"»", "« ", "«"+fixedSpace, " %", fixedSpace+"%").Replace(text)
}

// pluralTag gives the language whose plural rules apply.
func pluralTag(tag Tag) language.Tag {
	if tag == Pseudo {
		return language.French
	}
	return language.Make(string(tag))
}

func newTable(tag Tag, messages map[string]*i18n.Message) (*table, error) {
	described, _ := describe(tag)
	t := &table{language: described, plain: map[string]string{}, keys: map[string]bool{}}
	bundle := i18n.NewBundle(pluralTag(tag))
	for key, m := range messages {
		t.keys[key] = true
		if isPlain(m) {
			t.plain[key] = m.Other
			continue
		}
		if err := bundle.AddMessages(pluralTag(tag), m); err != nil {
			return nil, fmt.Errorf("%s: %w", key, err)
		}
	}
	t.source = i18n.NewLocalizer(bundle, pluralTag(tag).String())
	return t, nil
}

func isPlain(m *i18n.Message) bool {
	return m.Zero+m.One+m.Two+m.Few+m.Many == "" && !strings.Contains(m.Other, "{{")
}
