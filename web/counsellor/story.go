package counsellor

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/casework"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/ui"
)

// storyShown is how much of a file's history its first page shows.
const storyShown = 8

// entry is one thing that happened to a file: a note with its corrections, or
// a change of the file itself.
type entry struct {
	Icon, By, Title string
	Paragraphs      []string
	At              time.Time
	Visibility      string // "" for what everybody on the file reads
	AmendURL        string
	Corrections     []entry
}

func noteEntry(c *web.Context, n casework.Note, file string, may bool) entry {
	e := entry{Icon: "file-text", At: n.At, By: n.AuthorName, Paragraphs: lines(n.Body), Title: c.T("counsellor.note_title." + n.Contact)}
	switch n.Contact {
	case "call":
		e.Icon = "phone"
	case "sms":
		e.Icon = "message-square"
	case "visit", "interview":
		e.Icon = "user"
	}
	if n.Visibility != casework.VisibleFile {
		e.Visibility = c.T("reference.visibility." + n.Visibility)
	}
	if may {
		e.AmendURL = file + "/notes/" + string(n.ID)
	}
	return e
}

// story tells what happened to a file, newest first, at most so many entries; 0 gives all.
func (p *pages) story(c *web.Context, f aFile, limit int) ([]entry, bool, error) {
	notes, err := p.Files.Notes(c.Context(), c.Actor, f.ID)
	if err != nil {
		return nil, false, err
	}
	steps, err := p.Files.History(c.Context(), c.Actor, f.ID)
	if err != nil {
		return nil, false, err
	}
	corrections := map[domain.ID][]entry{}
	for _, n := range slices.Backward(notes) {
		if !n.Amends.IsZero() {
			corrections[n.Amends] = append(corrections[n.Amends], noteEntry(c, n, "", false))
		}
	}
	may := p.allowed(c, f.CaseFile).Note
	var out []entry
	for _, n := range notes {
		if !n.Amends.IsZero() {
			continue
		}
		e := noteEntry(c, n, fileURL(f.ID), may)
		e.Corrections = corrections[n.ID]
		out = append(out, e)
	}
	changes, err := p.stepEntries(c, "counsellor.step.case.", "reference.case_close.", steps)
	if err != nil {
		return nil, false, err
	}
	out = append(out, changes...)
	slices.SortStableFunc(out, func(a, b entry) int { return cmp.Compare(b.At.UnixNano(), a.At.UnixNano()) })
	if limit > 0 && len(out) > limit {
		return out[:limit], true, nil
	}
	return out, false, nil
}

// stepEntries tells changes of state, each named by a message of the prefix; a reason that is a code has a message too.
func (p *pages) stepEntries(c *web.Context, prefix, reasons string, steps []domain.Step) ([]entry, error) {
	var actors []domain.ID
	for _, s := range steps {
		actors = append(actors, s.ActorID)
	}
	names, err := p.staff(c, actors)
	if err != nil {
		return nil, err
	}
	var out []entry
	for _, s := range slices.Backward(steps) {
		e := entry{Icon: "circle-check", At: s.At, Title: c.T(prefix + s.Transition), Paragraphs: lines(s.Reason), By: names[s.ActorID]}
		if e.By == "" {
			e.By = c.T("reference.role." + string(s.ActorRole))
		}
		switch key := reasons + s.Reason; {
		case s.Reason == reopened:
			e.Paragraphs = nil
		case s.Reason != "" && c.Has(key):
			e.Paragraphs = []string{c.T(key)}
		}
		out = append(out, e)
	}
	return out, nil
}

// staff names accounts of the service.
func (p *pages) staff(c *web.Context, ids []domain.ID) (names, error) {
	ids = slices.DeleteFunc(slices.Clone(ids), domain.ID.IsZero)
	slices.Sort(ids)
	if ids = slices.Compact(ids); len(ids) == 0 {
		return nil, nil
	}
	return p.Files.Names(c.Context(), c.Actor, ids)
}

type historyView struct {
	Heading ui.Heading
	Tabs    ui.Tabs
	Story   []entry
}

// fileHistory is all that happened to a file.
func (p *pages) fileHistory(c *web.Context) (web.Page, error) {
	f, err := p.open(c)
	if err != nil {
		return web.Page{}, err
	}
	v := historyView{Heading: p.heading(c, f), Tabs: p.fileTabs(c, f.CaseFile, fileURL(f.ID)+"/history")}
	if v.Story, _, err = p.story(c, f, 0); err != nil {
		return web.Page{}, err
	}
	return web.Page{
		Template: "counsellor/history", Title: c.T("counsellor.history.title", "Name", f.who.Reference), Data: v,
		Back: &ui.Link{Text: c.T("counsellor.caseload.title"), URL: home + "/cases"}, Nav: home + "/cases",
	}, nil
}

// lines splits words into paragraphs.
func lines(words string) []string {
	var out []string
	for line := range strings.Lines(words) {
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, line)
		}
	}
	return out
}
