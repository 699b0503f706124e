package desk

import (
	"bytes"
	"slices"
	"strings"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/exchange/table"
	"github.com/baara-platform/baara/domain/lang"
	"github.com/baara-platform/baara/domain/rights"
	"github.com/baara-platform/baara/web"
	"github.com/baara-platform/baara/web/form"
	"github.com/baara-platform/baara/web/ui"
)

// Sheet is a table that leaves Baara. It is kept in memory until the use-case
// that fills it has committed: nothing leaves that was not noted.
type Sheet struct {
	c       *web.Context
	columns []string
	body    bytes.Buffer
	table   *table.Writer
}

// NewSheet begins a table; columns are the stable names, whose words follow
// "export.column.".
func NewSheet(c *web.Context, columns []string) *Sheet { return &Sheet{c: c, columns: columns} }

// Begin writes into the file which export it is: the number, when, and who.
func (s *Sheet) Begin(e domain.Export) {
	between := table.Semicolon
	if s.c.Tag() == lang.English { // whose spreadsheets have a decimal point
		between = table.Comma
	}
	heads := make([]string, len(s.columns))
	for i, name := range s.columns {
		heads[i] = s.c.T("export.column." + name)
	}
	s.table = table.NewWriter(&s.body, between, table.Mark{
		Number: e.Reference, Head: s.c.T("export.column.export"),
		Words: s.c.T("export.mark", "Number", e.Reference, "When", s.c.Time(e.MadeAt), "Who", s.c.Viewer.Name,
			"Role", s.c.T("reference.role."+string(e.MadeRole))),
	}, heads...)
}

// Row adds one row.
func (s *Sheet) Row(cells ...string) error { return s.table.Row(cells...) }

// Page sends the file, named after the export.
func (s *Sheet) Page(e domain.Export) (web.Page, error) {
	if err := s.table.Close(); err != nil {
		return web.Page{}, err
	}
	return web.Page{File: &web.File{
		Name: e.Reference + ".csv", ContentType: "text/csv; charset=utf-8", Body: slices.Clip(s.body.Bytes()),
	}}, nil
}

// TakeOut is the data of "layout/export": what is about to leave, and what is
// sent to take it out.
type TakeOut struct {
	Form  *form.Form
	Title string
	Facts []string // what narrows it
	Whole string   // said when nothing does
	Max   int      // lines at most
	URL   string
	Sent  map[string]string

	Agreements []ui.Option // under which it may leave the country today
}

// Abroad lists the agreements under which data may leave the country today.
func Abroad(c *web.Context, from *rights.Registers) ([]ui.Option, error) {
	all, err := from.InForce(c.Context(), c.Actor)
	var out []ui.Option
	for _, a := range all {
		out = append(out, ui.Option{Value: string(a.ID), Label: a.Recipient + " (" + a.Country + ", " + a.Authorisation + ")"})
	}
	return out, err
}

// Destination reads where a file is to go.
func Destination(f *form.Form) domain.Destination {
	to := domain.Destination{Recipient: f.Text("recipient", 200)}
	if typed := f.Text("agreement_id", 36); typed != "" {
		id, err := domain.ParseID(typed)
		if to.Agreement = id; err != nil {
			f.Fail("agreement_id", "error.export.agreement")
		}
	}
	return to
}

// Narrowed fills in what narrows a list: the filters it shows, and the fields
// of its form to be sent again.
func (t TakeOut) Narrowed(filters ui.Filters, names ...string) TakeOut {
	for _, filter := range filters {
		t.Facts = append(t.Facts, filter.Text)
	}
	t.Sent = map[string]string{}
	for _, name := range names {
		if value := t.Form.Value(name); value != "" {
			t.Sent[name] = value
		}
	}
	return t
}

// FromQuery fills a new form with what narrows a list in the address.
func FromQuery(c *web.Context, names ...string) *form.Form {
	f := c.NewForm()
	for _, name := range names {
		if value := c.Query(name); value != "" {
			f.Set(name, value)
		}
	}
	return f
}

// WithQuery gives another address what narrows this list.
func WithQuery(c *web.Context, path string) string {
	if _, query, narrowed := strings.Cut(c.With(web.AfterParam, ""), "?"); narrowed {
		return path + "?" + query
	}
	return path
}
