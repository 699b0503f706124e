package rights_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/domaintest"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/domain/rights"
	"github.com/baara-platform/baara/domain/store"
)

// A dump from before somebody was erased, restored beside the keys of today,
// shows nothing of the person; whoever shared the wrapping key is read whole.
func TestADumpFromBeforeShowsNothingOfWhoWasErased(t *testing.T) {
	o := domaintest.NewOffice(t)
	x := &erasing{Office: o, keys: filepath.Join(t.TempDir(), "people")}
	x.open()
	her, other := x.somebody("Zawadika"), x.somebody("Quintessa")
	under := x.wrapped(her).wrapping
	if under != x.wrapped(other).wrapping {
		t.Fatal("the two do not share a wrapping key: nothing would be proved")
	}
	dump := o.Raw.Dump(t)
	text, err := os.ReadFile(dump)
	x.Must(err)
	for _, clear := range []string{"Zawadika", "Quintessa", x.phone(her)[4:], "this paper is of"} {
		if strings.Contains(string(text), clear) {
			t.Errorf("the dump holds %q in clear", clear)
		}
	}
	if !strings.Contains(string(text), x.reference(her)) {
		t.Fatal("the dump does not even hold the reference: nothing was searched")
	}

	request, err := x.requests.Make(x.Ctx, x.Awa, rights.Ask{PersonID: her, Kind: rights.Erasure, Words: "She wants it all gone"})
	x.Must(err)
	_, err = x.requests.Confirm(x.Ctx, x.Lead, rights.Erase{ID: request.ID, Reference: x.reference(her)})
	x.Must(err)
	_, err = x.db.KeyWork().Sweep(x.Ctx, time.Now().Add(2*time.Hour))
	x.Must(err)
	if gone, err := x.folder.Destroyed(x.Ctx, under); err != nil || !gone {
		t.Fatalf("the wrapping key is destroyed: %v (%v)", gone, err)
	}

	old, _, err := openErasing(x.Ctx, domaintest.Restored(t, dump).AppURL, x.keys)
	x.Must(err)
	defer func() { _ = old.Close() }()
	_, err = old.KeyWork().Mend(x.Ctx)
	x.Must(err)
	read := func(db *store.DB, id domain.ID) (p person.Person, papers []string) {
		x.Must(db.View(x.Ctx, domain.System(), func(tx domain.Tx) (err error) {
			if p, err = db.Persons().Get(x.Ctx, tx, id); err != nil {
				return err
			}
			found, err := db.Documents().DocumentsOf(x.Ctx, tx, id)
			if domain.KindOf(err) == domain.KindNotFound {
				return nil // the key of titles is gone
			}
			for _, d := range found {
				_, body, err := db.Documents().Body(x.Ctx, tx, id, d.ID)
				if err != nil {
					return err
				}
				papers = append(papers, d.Title+" "+string(body))
			}
			return err
		}))
		return p, papers
	}
	p, papers := read(old, her)
	if p.FullName() != "" || len(papers) != 0 || len(p.Phones) != 1 || p.Phones[0].Number != "" {
		t.Errorf("the dump shows %q, %v, %v", p.FullName(), p.Phones, papers)
	}
	if p, papers = read(old, other); p.FullName() != "Quintessa Essai" || len(papers) != 1 || papers[0] != "CAP "+paperOf(other) || p.Phones[0].Number == "" {
		t.Errorf("of the other it shows %q, %v, %v", p.FullName(), p.Phones, papers)
	}
	if body := x.paper(other); body != paperOf(other) {
		t.Errorf("today the other's paper says %q", body)
	}
}

// phone reads somebody's number through the store.
func (x *erasing) phone(id domain.ID) string {
	x.T.Helper()
	var p person.Person
	x.Must(x.db.View(x.Ctx, domain.System(), func(tx domain.Tx) (err error) {
		p, err = x.db.Persons().Get(x.Ctx, tx, id)
		return err
	}))
	return p.Phones[0].Number
}
