package store_test

import (
	"maps"
	"os"
	"path/filepath"
	"testing"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/domaintest"
	"github.com/baara-platform/baara/domain/store"
)

// elsewhere restores what the database held into another.
func (c *confided) elsewhere(dump string) *confided {
	c.Helper()
	e := &confided{TB: c, raw: domaintest.Restored(c, dump), dir: c.dir, jobs: &noted{}}
	e.db, e.folder = e.process()
	return e
}

// TestADumpFromBeforeAnErasure restores a real dump that was taken before two people were erased beside the keys of today. Nothing opens for the two,
// whatever is tried; all others under the same wrapping key are intact, also those who were wrapped again twice since.
func TestADumpFromBeforeAnErasure(t *testing.T) {
	t.Parallel()
	c := newConfided(t)
	people := c.register(c.db, 8)
	dump := c.raw.Dump(c)
	copies := wrappedRows(c)
	for _, who := range people[:2] { // the second from the key that took the first one's neighbours over
		c.must(c.db.KeyWork().Empty(t.Context(), c.erase(who)))
	}
	c.register(c.db, 3)
	e := c.elsewhere(dump)

	have, err := e.folder.List(t.Context())
	c.must(err)
	kept := map[domain.ID][]byte{}
	for _, id := range have {
		beside, err := e.folder.Kept(t.Context(), id)
		c.must(err)
		maps.Copy(kept, beside)
		for n, row := range copies {
			if _, err := e.folder.Unwrap(t.Context(), id, row.subject, row.wrapped); err == nil {
				t.Errorf("the key of %d, as it was wrapped before the erasure, opens", n)
			}
		}
	}
	for n, who := range people {
		if kept[who] != nil != (n >= 2) {
			t.Errorf("person %d is kept beside a key: %t", n, kept[who] != nil)
		}
	}
	for _, who := range people[:2] {
		err := e.db.View(t.Context(), domain.System(), func(tx domain.Tx) error {
			opens, err := e.db.KeysOf(t.Context(), tx, who)
			if err == nil && len(opens) > 0 {
				t.Error("before anything is mended, a key opens")
			}
			return err
		})
		c.must(err)
	}
	mended, err := e.db.KeyWork().Mend(t.Context())
	if want := (store.Mended{Found: 6, Erased: 2}); mended != want || err != nil {
		t.Errorf("mended %+v, want %+v; %v", mended, want, err)
	}
	open := readable(t, e.db, e.raw.SQL, people)
	for n, who := range people {
		if read := open[who]; read != (n >= 2) {
			t.Errorf("person %d is read: %t", n, read)
		}
	}
	c.everybodyReads("in the database of today")
	again, err := e.db.KeyWork().Mend(t.Context())
	if again != (store.Mended{}) || err != nil {
		t.Errorf("mended again %+v, %v", again, err)
	}
}

// wrappedRows is what the database holds of keys.
func wrappedRows(c *confided) []lastCopy {
	c.Helper()
	rows, err := c.raw.SQL.QueryContext(c.Context(), `SELECT subject_id::text, wrapping_id, wrapped FROM subject_keys`)
	c.must(err)
	defer func() { _ = rows.Close() }()
	var out []lastCopy
	for rows.Next() {
		var r lastCopy
		c.must(rows.Scan(&r.subject, &r.wrapping, &r.wrapped))
		out = append(out, r)
	}
	c.must(rows.Err())
	return out
}

// A key that is missing without having been destroyed is not an erasure.
func TestAMissingKeyIsNotAnErasure(t *testing.T) {
	t.Parallel()
	c := newConfided(t)
	people := c.register(c.db, 3)
	lost := c.wrappingOf(people[0])[0]
	fine, _ := c.process()
	c.register(fine, 2)
	away := filepath.Join(t.TempDir(), "away")
	c.must(os.Rename(filepath.Join(c.dir, lost+".key"), away))
	checked, err := c.db.KeyWork().Check(t.Context())
	if err != nil || checked.Keys != 2 || len(checked.Missing) != 1 || checked.Missing[0] != lost || len(checked.Closed) != 0 {
		t.Errorf("checked %+v, %v; want %s missing of 2", checked, err, lost)
	}
	mended, err := c.db.KeyWork().Mend(t.Context())
	if want := (store.Mended{Lost: 3}); mended != want || err != nil {
		t.Errorf("mended %+v, want %+v; %v", mended, want, err)
	}
	c.must(os.Rename(away, filepath.Join(c.dir, lost+".key")))
	c.everybodyReads("after the key is back")
}
