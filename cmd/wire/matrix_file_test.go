package wire_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/baara-platform/baara/api/v1"
)

// verdict is how a cell is answered; testdata/matrix.txt explains the words.
type verdict string

// The verdicts.
const (
	ok      verdict = "ok"
	without verdict = "without"
	late    verdict = "late"
	no      verdict = "no"
	hidden  verdict = "hidden"
	enter   verdict = "enter"
	again   verdict = "again"
	leads   verdict = "leads"
	asked   verdict = "asked"
	untried verdict = "untried"
)

func verdicts() []verdict {
	return []verdict{ok, without, late, no, hidden, enter, again, leads, asked, untried}
}

// line is what the file expects of one route, or of one on another record.
type line struct {
	number                int
	method, path, variant string
	said                  map[string]verdict // by persona
	proved                string             // the test that shows a success this one cannot have
}

func (l line) route() string { return l.method + " " + l.path }

// api reports whether it is the API's route, and not a page's.
func (l line) api() bool { return strings.HasPrefix(l.path, v1.Prefix+"/") }

func (l line) name() string {
	if l.variant == "" {
		return l.route()
	}
	return l.route() + " [" + l.variant + "]"
}

// want is what the file says of a persona: what it does not name is refused.
func (l line) want(p string) verdict {
	if v := l.said[p]; v != "" {
		return v
	}
	if p == "visitor" {
		return enter
	}
	return hidden
}

// groups are the names under which the file speaks of several personas.
func groups(personas []string) map[string][]string {
	desk := []string{"referent", "colleague", "guest", "former", "elsewhere", "lead", "guest-lead", "lead-elsewhere"}
	out := map[string][]string{
		"everyone": personas, "desk": desk, "bamako": {"referent", "colleague", "lead"}, "guests": {"guest", "guest-lead"},
		"strange-desk": {"former", "elsewhere", "lead-elsewhere"},
		"staff":        append(slices.Clone(desk), "analyst", "administrator", "data-protection"),
		"programs":     {"program", "bamako-program"},
		"accounts": slices.DeleteFunc(slices.Clone(personas), func(p string) bool {
			return slices.Contains([]string{"visitor", "program", "bamako-program"}, p)
		}),
	}
	for _, p := range personas {
		out[p] = []string{p}
	}
	return out
}

// readMatrix reads the reviewed file. A line that begins with a space goes on
// with the one before.
func readMatrix(t testing.TB, file string, personas []string) []line {
	t.Helper()
	text, err := os.ReadFile(file)
	need(t, err)
	known := groups(personas)
	var out []line
	for i, row := range strings.Split(string(text), "\n") {
		row, _, _ = strings.Cut(row, "#")
		if strings.TrimSpace(row) == "" {
			continue
		}
		rest := row
		if row[0] != ' ' {
			l := line{number: i + 1, said: map[string]verdict{}}
			l.method, rest, _ = strings.Cut(row, " ")
			rest = strings.TrimSpace(rest)
			l.path, rest, _ = strings.Cut(rest, " ")
			if rest = strings.TrimSpace(rest); strings.HasPrefix(rest, "[") {
				l.variant, rest, _ = strings.Cut(rest[1:], "]")
			}
			if slices.ContainsFunc(out, func(o line) bool { return o.name() == l.name() }) {
				t.Errorf("%s:%d: %s stands twice", file, i+1, l.name())
			}
			out = append(out, l)
		}
		if err := out[len(out)-1].read(rest, known); err != nil {
			t.Errorf("%s:%d: %v", file, i+1, err)
		}
	}
	return out
}

// read takes "ok referent lead; no guest": a later word about somebody wins.
func (l *line) read(words string, known map[string][]string) error {
	for _, part := range strings.Split(words, ";") {
		fields := strings.Fields(part)
		if len(fields) == 0 {
			continue
		}
		if fields[0] == "proved" && len(fields) == 2 {
			l.proved = fields[1]
			continue
		}
		v := verdict(fields[0])
		if !slices.Contains(verdicts(), v) {
			return fmt.Errorf("%q is no answer", fields[0])
		}
		for _, name := range fields[1:] {
			if known[name] == nil {
				return fmt.Errorf("nobody is called %q", name)
			}
			for _, p := range known[name] {
				l.said[p] = v
			}
		}
	}
	return nil
}
