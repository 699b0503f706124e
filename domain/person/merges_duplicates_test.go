package person_test

import (
	"testing"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/person"
)

func TestDuplicatesOfAnAgency(t *testing.T) {
	x := newTwice(t)
	list, err := x.merges.Duplicates(x.ctx, x.lead)
	x.must(err)
	if len(list) != 1 || list[0].Reason != person.SameNamePhone {
		t.Fatalf("duplicates %+v, want the pair under one phone", list)
	}
	candidates, err := x.merges.Candidates(x.ctx, x.lead, x.kept)
	x.must(err)
	if len(candidates) != 1 || candidates[0].Person.ID != x.gone {
		t.Errorf("candidates %+v, want the other file", candidates)
	}
	refused(t, x.merges.Apart(x.ctx, x.awa, x.kept, x.gone), domain.KindForbidden)
	x.must(x.merges.Apart(x.ctx, x.lead, x.kept, x.gone))
	list, err = x.merges.Duplicates(x.ctx, x.lead)
	x.must(err)
	candidates, more := x.merges.Candidates(x.ctx, x.lead, x.gone)
	x.must(more)
	if len(list)+len(candidates) != 0 {
		t.Errorf("%d pairs and %d candidates of two people are proposed again", len(list), len(candidates))
	}
	_, err = x.merges.Duplicates(x.ctx, x.awa)
	refused(t, err, domain.KindForbidden)
}
