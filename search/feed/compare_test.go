package feed_test

import (
	"context"
	"testing"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/matching"
	"github.com/baara-platform/baara/search/feed"
	"github.com/baara-platform/baara/search/index"
)

// agrees fails unless index and database say the same of everybody.
func (p *process) agrees() {
	p.t.Helper()
	d := p.compare()
	if d.Any() || d.Behind > 0 || d.Compared == 0 {
		p.t.Errorf("index and database differ: %+v", d)
	}
}

func (p *process) compare() (d feed.Differences) {
	p.t.Helper()
	err := p.live.Read(context.Background(), func(s *index.Snapshot) (err error) {
		d, err = feed.Compare(context.Background(), p.source, p.live.Current().Position(), s, domain.DateOf(domain.SystemClock().Now()), nil)
		return err
	})
	if err != nil {
		p.t.Fatal(err)
	}
	return d
}

// TestCompareSaysWhatDiffers writes to an index behind the back of the feed.
func TestCompareSaysWhatDiffers(t *testing.T) {
	c := aCountry(t)
	for n := range 4 {
		c.register(c.db.SQL, n)
	}
	p := c.start(t.TempDir(), c.Search())
	p.await()
	p.agrees()

	wrong := func(n int, isced int) index.Document {
		return index.PersonDocument(matching.PersonRecord{Profile: matching.Profile{ID: person(n), ISCED: isced}})
	}
	g := p.live.Current()
	p.halt()
	c.must(g.Apply([]index.Document{wrong(1, 3), wrong(77, 0)}, []domain.ID{person(2)}, g.Position()))
	d := p.compare()
	if len(d.Missing) != 1 || d.Missing[0] != person(2) || len(d.Extra) != 1 || d.Extra[0] != person(77) || len(d.Stale) != 1 || d.Stale[0] != person(1) {
		t.Errorf("missing %v, extra %v, stale %v", d.Missing, d.Extra, d.Stale)
	}
}
