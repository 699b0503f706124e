package desk

import (
	"strings"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/form"
	"github.com/baara-platform/baara/web/ui"
)

// Conflict shows what was typed beside what somebody else saved meanwhile. The
// form below it still holds what was typed and carries the newer version, so
// that saving again is a decision.
type Conflict struct {
	Notice ui.Notice
	Table  ui.Table
}

// Compared is a field that may differ. Options give the words of its codes;
// Date is for a field of day, month and year.
type Compared struct {
	Name, Label string
	Options     []ui.Option
	Date        bool
}

func (f Compared) value(from *form.Form) string {
	switch {
	case f.Date:
		parts := []string{from.Value(f.Name + "-day"), from.Value(f.Name + "-month"), from.Value(f.Name + "-year")}
		return strings.TrimSpace(strings.Join(parts, " "))
	case len(f.Options) > 0:
		var chosen []string
		for _, o := range f.Options {
			if from.Checked(f.Name, o.Value) {
				chosen = append(chosen, o.Label)
			}
		}
		return strings.Join(chosen, ", ")
	}
	return strings.Join(strings.Fields(from.Value(f.Name)), " ")
}

// Compare compares a form that came too late with the stored record; nil when
// the form failed for another reason or not at all.
func Compare(c *web.Context, typed, stored *form.Form, fields []Compared) *Conflict {
	if typed.Kind() != domain.KindStale {
		return nil
	}
	out := &Conflict{
		Notice: ui.Notice{Tone: ui.Warning, Title: c.T("common.conflict.title"), Text: c.T("common.conflict.text")},
		Table: ui.Table{
			Caption: c.T("common.conflict.caption"), Empty: c.T("common.conflict.same"),
			Columns: []ui.Column{{Text: c.T("common.conflict.field")}, {Text: c.T("common.conflict.yours")}, {Text: c.T("common.conflict.theirs")}},
		},
	}
	for _, f := range fields {
		if yours, theirs := f.value(typed), f.value(stored); yours != theirs {
			out.Table.Rows = append(out.Table.Rows, []any{f.Label, ui.Data(yours), ui.Data(theirs)})
		}
	}
	return out
}
