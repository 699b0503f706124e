package counsellor

import (
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
	"github.com/baara-platform/baara/domain/casework"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/desk"
	"github.com/baara-platform/baara/web/form"
	"github.com/baara-platform/baara/web/ui"
)

type caseloadView struct {
	Form    *form.Form
	Tabs    ui.Tabs
	Whose   string
	Stages  []ui.Option
	Regions []ui.Option
	Needs   []ui.Option
	Filters ui.Filters
	Files   []fileItem
	Pager   ui.Pager
	Title   string
	Export  string // where who may takes the list out
}

type fileItem struct {
	Name, URL, Reference, Place, Owner string
	Next, Late                         string
	Overdue                            bool
	Silence                            string // "" while there was contact lately
	Stage                              ui.Tag
}

// Parts of a caseload's address.
const (
	whoseMine, whoseAgency    = "mine", "agency"
	needsOverdue, needsSilent = "overdue", "silent"
	stageClosed               = string(casework.Closed)
)

// caseload lists files; everything that narrows it is in the address. A
// counsellor begins with her own files, a lead with the agency's.
func (p *pages) caseload(c *web.Context) (web.Page, error) {
	w := p.words(c)
	v, filter := caseloadForm(c, w, c.QueryForm())
	list, err := p.Files.Caseload(c.Context(), c.Actor, filter, c.Cursor())
	if err != nil {
		return web.Page{}, err
	}
	for _, row := range list.Items {
		v.Files = append(v.Files, p.fileItem(c, w, row, !filter.Mine))
	}
	v.Pager, v.Title = desk.Pager(c, list.Next), c.T("counsellor.caseload.title")
	switch {
	case filter.Closed:
		v.Title = c.T("counsellor.caseload.closed")
	case !filter.Mine:
		v.Title = c.T("counsellor.caseload.agency")
	}
	v.Tabs.Label = c.T("counsellor.caseload.whose")
	for _, one := range []string{whoseMine, whoseAgency} {
		v.Tabs.Items = append(v.Tabs.Items, ui.Tab{Text: c.T("counsellor.whose." + one), URL: c.With("whose", one), Current: one == v.Whose})
	}
	if p.Policy.Allows(c.Actor, access.CaseExport, access.Facts{AgencyID: c.Actor.AgencyID}) {
		v.Export = desk.WithQuery(c, caseExportPath)
	}
	return web.Page{Template: "counsellor/caseload", Title: v.Title, Data: v, Form: v.Form}, nil
}

// caseloadForm reads what narrows a caseload, from an address or a sent form,
// and notes it on the page.
func caseloadForm(c *web.Context, w desk.Words, f *form.Form) (caseloadView, casework.CaseFilter) {
	v := caseloadView{
		Form: f, Regions: w.Regions(), Stages: desk.Coded(c, "reference.stage.", casework.Stages().States...),
		Needs: desk.Coded(c, "counsellor.caseload.", needsOverdue, needsSilent),
	}
	whose := f.Choice("whose", whoseMine, whoseAgency)
	stage := f.Choice("stage", desk.Values(v.Stages)...)
	region := f.Choice("region", desk.Values(v.Regions)...)
	needs := f.Choice("needs", desk.Values(v.Needs)...)
	if whose == "" {
		if whose = whoseAgency; c.Actor.Role == domain.RoleCounsellor {
			whose = whoseMine
		}
	}
	filter := casework.CaseFilter{
		Mine: whose == whoseMine, Closed: stage == stageClosed, Overdue: needs == needsOverdue, Silent: needs == needsSilent, PlaceIn: region,
	}
	if !filter.Closed {
		filter.Stage = domain.State(stage)
	}
	for _, shown := range []struct {
		name, value string
		options     []ui.Option
	}{{"stage", stage, v.Stages}, {"needs", needs, v.Needs}, {"region", region, v.Regions}} {
		if shown.value != "" {
			v.Filters = append(v.Filters, ui.Filter{Text: ui.Chosen(shown.options, shown.value)[0], RemoveURL: c.With(shown.name, "")})
		}
	}
	v.Whose = whose
	return v, filter
}

func (p *pages) fileItem(c *web.Context, w desk.Words, row casework.CaseRow, owners bool) fileItem {
	out := fileItem{
		Name: fullName(row.Given, row.Family, row.Reference), URL: fileURL(row.File.ID), Reference: row.Reference,
		Place: w.Place(row.Place), Next: row.NextAction, Stage: stageTag(c, row.File.Stage),
	}
	out.Late, out.Overdue = late(c, row.NextDue, p.today())
	if owners {
		out.Owner = row.OwnerName
	}
	if p.silent(row.File) {
		out.Silence = p.silence(c, row.File)
	}
	return out
}

// silent says whether a live file has been without contact for too long.
func (p *pages) silent(f casework.CaseFile) bool {
	last := f.LastContactAt
	if last.IsZero() {
		last = f.OpenedAt
	}
	quiet := f.Stage == casework.Closed || f.Stage == casework.Suspended
	return !quiet && last.Before(p.Clock.Now().AddDate(0, 0, -casework.SilentDays))
}

func stageTag(c *web.Context, stage domain.State) ui.Tag {
	tag := ui.Tag{Text: c.T("reference.stage." + string(stage))}
	switch stage {
	case casework.Placed, casework.FollowUp:
		tag.Tone = ui.Good
	case casework.Suspended, casework.Closed:
		tag.Tone = ui.Quiet
	}
	return tag
}
