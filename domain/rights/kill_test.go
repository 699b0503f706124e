package rights_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
	"github.com/baara-platform/baara/domain/document"
	"github.com/baara-platform/baara/domain/domaintest"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/domain/rights"
	"github.com/baara-platform/baara/domain/seal"
	"github.com/baara-platform/baara/domain/store"
)

// steps of confirming an erasure and carrying it out: before and after each
// write, and after each commit.
const eraseSteps = 16

// TestKilledWhileErasingSomebody kills the process that erases, with SIGKILL
// before and after each of its writes. What is left is the person as before,
// with a request that waits, or a confirmed request that the next process
// carries out; in the end nothing of the person, and no key in any copy. Others
// under the same wrapping key are read throughout. 100 runs with
// BAARA_KILLS=100, which make proof sets; a step here and there otherwise.
func TestKilledWhileErasingSomebody(t *testing.T) {
	runs, _ := strconv.Atoi(os.Getenv("BAARA_KILLS"))
	stride := 1
	if runs == 0 {
		runs, stride = 4, 5
	}
	o := domaintest.NewOffice(t)
	x := &erasing{Office: o, keys: filepath.Join(t.TempDir(), "people")}
	x.open()
	other := x.somebody("Bakary")
	before, after := 0, 0
	for run := range runs {
		her := x.somebody("Oumou")
		request, err := x.requests.Make(x.Ctx, x.Awa, rights.Ask{PersonID: her, Kind: rights.Erasure, Words: "She wants it all gone"})
		x.Must(err)
		key := x.wrapped(her)
		if x.child(request.ID, x.reference(her), 1+run*stride%eraseSteps) {
			t.Errorf("run %d: the process lived: erasing has fewer writes than steps", run)
		}
		x.open() // as the next process does: nothing is remembered
		now, err := x.requests.Get(x.Ctx, x.Lead, request.ID)
		x.Must(err)
		switch now.Request.State {
		case rights.Received:
			before++
			if body := x.paper(her); body != paperOf(her) {
				t.Fatalf("run %d: nothing was confirmed, and the paper says %q", run, body)
			}
			_, err := x.requests.Confirm(x.Ctx, x.Lead, rights.Erase{ID: request.ID, Reference: x.reference(her)})
			x.Must(err)
		case rights.Confirmed, rights.Done:
			after++
			_, err := x.requests.Resume(x.Ctx, domain.System())
			x.Must(err)
		default:
			t.Fatalf("run %d: the request is %s", run, now.Request.State)
		}
		_, err = x.db.KeyWork().Sweep(x.Ctx, time.Now().Add(2*time.Hour))
		x.Must(err)
		for _, table := range []string{"persons WHERE id", "documents WHERE person_id", "registrations WHERE person_id", "person_phones WHERE person_id", "subject_keys WHERE subject_id"} {
			if n := x.Count(`SELECT count(*) FROM `+table+` = $1`, string(her)); n != 0 {
				t.Errorf("run %d: %d rows left of %s", run, n, table)
			}
		}
		if _, err := x.folder.Unwrap(x.Ctx, key.wrapping, her, key.wrapped); !errors.Is(err, seal.ErrNoKey) {
			t.Errorf("run %d: a copy from before still opens (%v)", run, err)
		}
		if body := x.paper(other); body != paperOf(other) {
			t.Fatalf("run %d: the paper of somebody else says %q", run, body)
		}
	}
	t.Logf("%d runs: %d were as before, %d went on", runs, before, after)
	if runs >= eraseSteps && (before == 0 || after == 0) {
		t.Errorf("%d before and %d after the confirmation: the kills tried one side alone", before, after)
	}
}

// erasing is an office whose people's keys are in a folder, as one process sees it.
type erasing struct {
	*domaintest.Office
	keys     string
	db       *store.DB
	folder   *seal.KeyFolder
	requests *rights.Requests
}

// open begins as a new process does.
func (x *erasing) open() {
	x.T.Helper()
	if x.db != nil {
		x.Must(x.db.Close())
	} else {
		x.T.Cleanup(func() { _ = x.db.Close() })
	}
	db, folder, err := openErasing(x.Ctx, x.AppURL, x.keys)
	x.Must(err)
	x.db, x.folder = db, folder
	d, err := erasingDeps(db)
	x.Must(err)
	x.requests = rights.NewRequests(d)
}

func openErasing(ctx context.Context, url, keys string) (*store.DB, *seal.KeyFolder, error) {
	folder, err := seal.OpenKeyFolder(keys)
	if err != nil {
		return nil, nil, err
	}
	ids := domain.IDFunc(func() domain.ID { return domain.ID(uuid.NewString()) })
	db, err := store.Open(ctx, url, ids, store.Options{MaxOpen: 4, Keys: store.Keys{Wrapper: folder, Lookup: seal.NewLookup([]byte("invented"))}})
	return db, folder, err
}

func erasingDeps(db *store.DB) (rights.Deps, error) {
	queue, err := db.Queue()
	return rights.Deps{
		Tx: db, Store: db.Rights(), History: db.History("rights_request"), People: peopleOf(db), Registrations: db.Registrations(), Consents: db.Consents(),
		Keys: db.Erasing(queue), Policy: access.Default(), IDs: domain.IDFunc(func() domain.ID { return domain.ID(uuid.NewString()) }),
		Clock: domain.SystemClock(), Rules: rights.DefaultRules(),
	}, err
}

func peopleOf(db *store.DB) store.Persons { return db.Persons() }

// paperOf is what the paper of somebody says.
func paperOf(id domain.ID) string { return "this paper is of " + string(id) }

// somebody registers at Bamako with a phone and a paper.
func (x *erasing) somebody(given string) domain.ID {
	x.T.Helper()
	n := domaintest.APerson(x.IDs).Named(given, "Essai").At(x.Bamako)
	n.Person.Phones = []person.Phone{{Number: "+223661" + n.Person.Reference[len(n.Person.Reference)-5:], Owner: person.OwnPhone}}
	x.Must(x.db.InTx(x.Ctx, domain.System(), func(tx domain.Tx) error {
		if err := peopleOf(x.db).InsertBatch(x.Ctx, tx, []person.Newcomer{n}); err != nil {
			return err
		}
		body := []byte(paperOf(n.Person.ID))
		return x.db.Documents().InsertDocument(x.Ctx, tx, document.Document{
			ID: x.IDs.New(), PersonID: n.Person.ID, Kind: "diploma", Title: "CAP", Format: document.PDF, Size: len(body), AddedBy: x.Awa.UserID, AddedAt: time.Now(),
		}, body)
	}))
	return n.Person.ID
}

func (x *erasing) reference(id domain.ID) (out string) {
	x.T.Helper()
	x.Must(x.SQL.QueryRowContext(x.Ctx, `SELECT reference FROM persons WHERE id = $1`, string(id)).Scan(&out))
	return out
}

// paper reads what somebody's paper says.
func (x *erasing) paper(of domain.ID) string {
	x.T.Helper()
	var body []byte
	x.Must(x.db.View(x.Ctx, domain.System(), func(tx domain.Tx) error {
		papers, err := x.db.Documents().DocumentsOf(x.Ctx, tx, of)
		if err != nil || len(papers) != 1 {
			return errors.Join(err, errors.New("there is not one paper"))
		}
		_, body, err = x.db.Documents().Body(x.Ctx, tx, of, papers[0].ID)
		return err
	}))
	return string(body)
}

// lastCopy is what a dump from before an erasure holds of somebody's key.
type lastCopy struct {
	wrapping string
	wrapped  []byte
}

func (x *erasing) wrapped(id domain.ID) (c lastCopy) {
	x.T.Helper()
	x.Must(x.SQL.QueryRowContext(x.Ctx, `SELECT wrapping_id, wrapped FROM subject_keys WHERE subject_id = $1`, string(id)).Scan(&c.wrapping, &c.wrapped))
	return c
}

// child confirms an erasure in a process that kills itself at a step, and tells
// whether it lived.
func (x *erasing) child(request domain.ID, reference string, step int) bool {
	x.T.Helper()
	return !domaintest.Killed(x.T, "TestTheProcessThatErases", "BAARA_ERASE="+strings.Join([]string{
		strconv.Itoa(step), x.AppURL, x.keys, string(x.Lead.UserID), string(x.Lead.AgencyID), string(request), reference,
	}, " "))
}

// TestTheProcessThatErases is that process; alone it does nothing.
func TestTheProcessThatErases(t *testing.T) {
	told := strings.Fields(os.Getenv("BAARA_ERASE"))
	if len(told) == 0 {
		t.Skip("run by TestKilledWhileErasingSomebody")
	}
	last, err := strconv.Atoi(told[0])
	if err != nil {
		t.Fatal(err)
	}
	db, _, err := openErasing(t.Context(), told[1], told[2])
	if err != nil {
		t.Fatal(err)
	}
	d, err := erasingDeps(db)
	if err != nil {
		t.Fatal(err)
	}
	end := &domaintest.Death{Left: last}
	d.Tx, d.Store, d.History, d.Keys = domaintest.DyingTx{DB: db, Death: end}, dyingStore{d.Store, end}, dyingHistory{d.History, end}, dyingKeys{d.Keys, end}
	lead := domain.Actor{Role: domain.RoleLead, UserID: domain.ID(told[3]), AgencyID: domain.ID(told[4])}
	if _, err := rights.NewRequests(d).Confirm(t.Context(), lead, rights.Erase{ID: domain.ID(told[5]), Reference: told[6]}); err != nil {
		t.Fatal(err)
	}
}

type dyingStore struct {
	rights.Store
	d *domaintest.Death
}

func (x dyingStore) SaveRequest(ctx context.Context, tx domain.Tx, r rights.Request) error {
	return x.d.Around(func() error { return x.Store.SaveRequest(ctx, tx, r) })
}

func (x dyingStore) Erase(ctx context.Context, tx domain.Tx, gone rights.Gone) (subjects []domain.ID, err error) {
	err = x.d.Around(func() (err error) { subjects, err = x.Store.Erase(ctx, tx, gone); return err })
	return subjects, err
}

type dyingHistory struct {
	domain.History
	d *domaintest.Death
}

func (x dyingHistory) Append(ctx context.Context, tx domain.Tx, step domain.Step) error {
	return x.d.Around(func() error { return x.History.Append(ctx, tx, step) })
}

type dyingKeys struct {
	rights.Keys
	d *domaintest.Death
}

func (x dyingKeys) Erase(ctx context.Context, tx domain.Tx, subject domain.ID) error {
	return x.d.Around(func() error { return x.Keys.Erase(ctx, tx, subject) })
}
