package wire_test

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/baara-platform/baara/cmd/wire"
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
	"github.com/baara-platform/baara/domain/document"
	"github.com/baara-platform/baara/domain/domaintest"
	"github.com/baara-platform/baara/domain/store"
)

// TestMutants removes one row of the policy at a time, and gives one away to
// everybody, and shows a cell of the matrix that fails. Row-level security is
// off meanwhile, so that the other wall hides nothing. It is long, and run by
// make mutate.
func TestMutants(t *testing.T) {
	if os.Getenv("BAARA_MUTATE") == "" {
		t.Skip("make mutate runs it")
	}
	shipped, only := access.Default(), regexp.MustCompile(os.Getenv("ONLY"))
	var all []rowMutant
	for _, row := range shipped.Rows() {
		for _, change := range []string{"removed", "for any record"} {
			one := rowMutant{row: row, change: change}
			if only.MatchString(one.name()) && (one.removed() || row.Relation != access.Anyone) {
				all = append(all, one)
			}
		}
	}
	noticed := 0
	for part := range slices.Chunk(all, perService) {
		t.Run(part[0].name(), func(t *testing.T) {
			s := newService(t, nil)
			s.open(t)
			m := newMatrix(t, s)
			m.quick, m.shipped = true, m.server
			t.Cleanup(func() { need(t, m.mutant.Close()) })
			for _, one := range part {
				if m.notices(t, shipped, one) {
					noticed++
				}
			}
		})
	}
	fmt.Printf("%d of %d rows of the policy, removed or given to everybody, were noticed\n", noticed, len(all))
}

// perService is how many mutants are served over one database: what each tries
// stays in it, and lists grow until they cannot be read to their end.
const perService = 25

// rowMutant is a row of the policy and what becomes of it.
type rowMutant struct {
	row    access.Row
	change string
}

func (r rowMutant) removed() bool { return r.change == "removed" }

func (r rowMutant) name() string {
	return fmt.Sprintf("%s %s %s %s", r.row.Role, r.row.Action, r.row.Relation, r.change)
}

// notices serves a mutant and prints what fails under it.
func (m *matrix) notices(t *testing.T, shipped access.Policy, one rowMutant) bool {
	t.Helper()
	row, start := one.row, time.Now()
	m.serveUnder(t, row, changed(shipped, row, one.change))
	killer := m.kill(t, row, one.removed())
	if killer == "" {
		killer = m.act(t, row, one.removed())
	}
	if why := equivalent(row); killer == "" && !one.removed() && why != "" {
		killer = "SAME: " + why
	}
	fmt.Printf("%-75s %s (%s)\n", one.name(), cmp.Or(killer, "SURVIVES"), time.Since(start).Round(time.Millisecond))
	if killer == "" {
		t.Errorf("nothing notices: %s", one.name())
	}
	return killer != ""
}

// open takes the other wall away.
func (s *service) open(t testing.TB) {
	t.Helper()
	s.exec(t, `DO $$ DECLARE one regclass; BEGIN
		FOR one IN SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relrowsecurity LOOP
			EXECUTE format('ALTER TABLE %s DISABLE ROW LEVEL SECURITY', one);
		END LOOP; END $$`)
}

// changed is the policy with one row changed.
func changed(p access.Policy, row access.Row, change string) access.Policy {
	var rows []access.Row
	for _, r := range p.Rows() {
		switch {
		case r != row:
			rows = append(rows, r)
		case change != "removed":
			rows = append(rows, access.Row{Role: r.Role, Action: r.Action, Relation: access.Anyone})
		}
	}
	return access.New(rows)
}

// serveUnder serves the same database under another policy.
func (m *matrix) serveUnder(t testing.TB, row access.Row, p access.Policy) {
	t.Helper()
	mutant, err := m.coreUnder(t, row, p)
	need(t, err)
	if m.mutant != nil {
		need(t, m.mutant.Close())
	}
	m.mutant = serveQuietly(t, mutant)
	m.server = m.mutant
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	need(t, m.mutant.Feed.Await(ctx))
}

// coreUnder wires the use-cases over the same connections. What reads the
// reference data keeps the first policy there, so those rows get a core of
// their own.
func (m *matrix) coreUnder(t testing.TB, row access.Row, p access.Policy) (*wire.Core, error) {
	t.Helper()
	if noun := row.Action.Noun(); noun == "taxonomy" || noun == "place" {
		core, err := wire.NewCore(t.Context(), m.url, wire.Options{Store: store.Options{Keys: domaintest.Keys()}, Policy: &p})
		if err == nil {
			t.Cleanup(func() { _ = core.Close() })
			err = core.Directory.Refresh(t.Context())
		}
		return core, err
	}
	other := *m.core
	other.Policy = p
	return other.At(m.core.Clock)
}

// kill looks for a cell that is answered otherwise than the file says, and
// names it: among the routes of the act's own noun first, reading before
// changing, and among all others when none of those notices.
func (m *matrix) kill(t testing.TB, row access.Row, removed bool) string {
	t.Helper()
	refused := []verdict{hidden, no, enter, without}
	for _, far := range []bool{false, true} {
		for _, unsafe := range []bool{false, true} {
			for _, l := range m.lines {
				if (l.method != "GET") != unsafe || near(row.Action.Noun(), l.path) == far {
					continue
				}
				for _, p := range m.personas {
					if p.role != row.Role || slices.Contains(refused, l.want(p.name)) == removed {
						continue
					}
					if killer := m.differs(t, l, p); killer != "" {
						return killer
					}
				}
			}
		}
	}
	return ""
}

// differs tries one cell and names it when it is answered otherwise.
func (m *matrix) differs(t testing.TB, l line, p persona) string {
	t.Helper()
	got, want, why := m.try(t, l, p)
	if got == want {
		return ""
	}
	if strings.HasPrefix(why, "5") {
		t.Fatalf("%s to %s fails for another reason: %s", l.name(), p.name, why)
	}
	if got, want = m.confirm(t, l, p); got == want {
		return ""
	}
	return fmt.Sprintf("%s to %s: %s, not %s", l.name(), p.name, got, want)
}

// confirm tries a cell again on records of its own, which no mutant before has
// changed: as shipped, where it must be answered as the file says, and changed.
func (m *matrix) confirm(t testing.TB, l line, p persona) (got, want verdict) {
	t.Helper()
	defer clear(m.standing)
	clear(m.standing)
	m.server = m.shipped
	if got, want, why := m.try(t, l, p); got != want {
		t.Fatalf("%s to %s is %s without a mutant: %s", l.name(), p.name, got, why)
	}
	m.server = m.mutant
	got, want, _ = m.try(t, l, p)
	return got, want
}

// act tries what no form of the matrix can: what this service, a demonstration,
// has no page for, and papers, which are sent as files.
func (m *matrix) act(t testing.TB, row access.Row, removed bool) string {
	t.Helper()
	for _, p := range m.personas {
		if p.role != row.Role {
			continue
		}
		switch row.Action {
		case access.MessageRead:
			if _, err := m.mutant.Messages.Progress(t.Context(), p.actor(), domain.Cursor{}); removed && err != nil {
				return "the use-case: " + err.Error()
			}
		case access.AgreementStanding: // on a page that is everybody's; as a program none is tried
			if _, err := m.mutant.Registers.InForce(t.Context(), p.actor()); removed && err != nil {
				return "the use-case: " + err.Error()
			}
		case access.DocumentAdd:
			r := m.file(t)
			if row.Relation == access.Referent {
				r = m.away(t, r, p.name)
			}
			m.unspent(t)
			in := document.AddDocument{PersonID: r.ids["person"], Kind: "diploma", Body: []byte("%PDF-1.4\nstartxref\n0\n%%EOF\n")}
			_, shipped := m.core.Documents.Add(t.Context(), p.actor(), in)
			_, mutant := m.mutant.Documents.Add(t.Context(), p.actor(), in)
			if (shipped == nil) != (mutant == nil) {
				return fmt.Sprintf("the use-case, by %s: %v, not %v", p.name, mutant, shipped)
			}
		}
	}
	return ""
}

// equivalent tells of acts that ask the policy about the actor's own alone, or
// after another act was asked of the same record: a row for any record lets
// nobody do more. Of some that is so for jobseekers, and for nobody else.
func equivalent(row access.Row) string {
	const own, read = "the act takes nobody else's record", "asked only of a record that its reader may read anyway"
	if row.Role == domain.RoleJobseeker {
		switch row.Action {
		case access.PersonReadMigration:
			return "who may not read the record gets none of it: the journey comes with the record"
		case access.RightsCopy:
			return read
		case access.RequestMake, access.ComplaintMake:
			return own
		}
	}
	return map[access.Action]string{
		access.AccountPassword: own, access.TokenCreate: own, access.FactorUpdate: own, access.ApplicationApply: own,
		access.IntakeRead: own, access.InvitationCreate: own, access.NoteReadFile: read, access.RequestErase: read,
	}[row.Action]
}

// near reports whether a route is likely to depend on the acts of a noun.
func near(noun, path string) bool {
	words := map[string][]string{
		"account": {"/users", "/account", "/team/members"}, "session": {"/sessions", "devices", "/admin/users"}, "token": {"tokens"}, "factor": {"factors", "security"},
		"member": {"membership", "/team", "/leave"}, "link": {"identity"}, "message": {"messages"}, "audit": {"audit", "protection"}, "index": {"/admin/index"},
		"person": {"jobseekers", "/people", "/register", "registrations", "/me/"}, "registration": {"registration", "/me/renew", "/jobseekers/{id}", "/people/{id}"},
		"case": {"cases", "/case"}, "note": {"notes", "/cases/{id}"}, "intake": {"intake", "desk"}, "colleague": {"colleagues", "/cases/{id}"},
		"organisation": {"organisation", "employers"}, "vacancy": {"vacancies", "candidates"},
		"application": {"applications", "candidates", "vacancies", "proposals"}, "placement": {"placements"},
		"taxonomy": {"taxonomy"}, "place": {"places"}, "agency": {"agencies"}, "invitation": {"invitation", "/team"},
		"merge": {"merge", "duplicates", "/apart/"}, "document": {"documents"}, "transfer": {"transfer"}, "emergency": {"emergencies"}, "complaint": {"complaint"},
		"request": {"requests", "/rights"}, "rights": {"/copy", "/seen", "/rights"}, "retention": {"retention"}, "hold": {"retention"}, "agreement": {"agreements"},
	}[noun]
	return words == nil || slices.ContainsFunc(words, func(w string) bool { return strings.Contains(path, w) })
}
