package taxonomy

import (
	"fmt"
	"testing"

	"github.com/baara-platform/baara/domain"
)

const (
	escoMason  = "http://data.europa.eu/esco/occupation/mason"
	escoTiler  = "http://data.europa.eu/esco/occupation/tiler"
	ownMason   = "urn:baara:occupation:mason"
	masonGroup = "7112"
)

func stored(id, uri, slug, isco string, titles ...string) Known {
	return Known{
		Concept: Concept{ID: domain.ID(id), Kind: Occupation, URI: uri, StarterID: slug, ISCO: isco, Status: Active}, Titles: titles,
	}
}

func draft(uri, slug, isco string, titles ...string) Draft {
	d := Draft{URI: uri, StarterID: slug, Kind: Occupation, ISCO: isco}
	for i := 0; i+1 < len(titles); i += 2 {
		d.Labels = append(d.Labels, Label{Lang: titles[i], Text: titles[i+1], Preferred: true})
	}
	return d
}

func TestConceptsOfBothSidesMeet(t *testing.T) {
	for _, c := range []struct {
		name   string
		known  []Known
		drafts []Draft
		want   string // per draft: id, address, slug, ISCO; then what is retired
	}{
		{
			"a new concept gets a new id",
			nil, []Draft{draft(escoMason, "", masonGroup, "fr", "maçon")},
			"new " + escoMason + "  7112;",
		},
		{
			"an ESCO concept is found by its address whatever its name is now",
			[]Known{stored("1", escoMason, "", masonGroup, "fr:macon")},
			[]Draft{draft(escoMason, "", "7114", "fr", "bétonneur")},
			"1 " + escoMason + "  7114;",
		},
		{
			"ESCO meets Baara's concept by an equal preferred name in one language and the same ISCO group",
			[]Known{stored("1", ownMason, "mason", masonGroup, "en:bricklayer", "fr:macon")},
			[]Draft{draft(escoMason, "", masonGroup, "en", "mason", "fr", "Maçon")},
			"1 " + escoMason + " mason 7112;",
		},
		{
			"the same name in another ISCO group is another occupation",
			[]Known{stored("1", ownMason, "mason", "7111", "fr:macon")},
			[]Draft{draft(escoMason, "", masonGroup, "fr", "maçon")},
			"new " + escoMason + "  7112;",
		},
		{
			"the same words in another language do not count",
			[]Known{stored("1", ownMason, "mason", masonGroup, "en:chef")},
			[]Draft{draft(escoMason, "", masonGroup, "fr", "chef")},
			"new " + escoMason + "  7112;",
		},
		{
			"Baara's concept meets an ESCO one that was stored first, and keeps its address",
			[]Known{stored("1", escoMason, "", masonGroup, "fr:macon")},
			[]Draft{draft(ownMason, "mason", masonGroup, "fr", "maçon")},
			"1 " + escoMason + " mason 7112;",
		},
		{
			"a stored concept is met once",
			[]Known{stored("1", escoMason, "", masonGroup, "fr:macon")},
			[]Draft{draft(ownMason, "mason", masonGroup, "fr", "maçon"), draft("urn:baara:occupation:m2", "m2", masonGroup, "fr", "maçon")},
			"1 " + escoMason + " mason 7112;new urn:baara:occupation:m2 m2 7112;",
		},
		{
			"Baara's file decides which concept it is, not a name",
			[]Known{stored("1", escoMason, "", masonGroup, "fr:macon")},
			[]Draft{draft(escoTiler, "tiler", masonGroup, "fr", "maçon")},
			"new " + escoTiler + " tiler 7112;",
		},
		{
			"Baara's facts stay when ESCO comes after",
			[]Known{stored("1", escoMason, "mason", masonGroup, "fr:macon")},
			[]Draft{draft(escoMason, "", "7114", "fr", "maçon")},
			"1 " + escoMason + " mason 7112;",
		},
		{
			"a later file of Baara's names the ESCO concept: its own row gets the address",
			[]Known{stored("1", ownMason, "mason", masonGroup, "fr:macon")},
			[]Draft{draft(escoMason, "mason", masonGroup, "fr", "maçon")},
			"1 " + escoMason + " mason 7112;",
		},
		{
			"…and when both rows exist the ESCO row stays and the other is retired",
			[]Known{stored("1", ownMason, "mason", masonGroup, "fr:macon"), stored("2", escoMason, "", masonGroup, "fr:briqueteur")},
			[]Draft{draft(escoMason, "mason", masonGroup, "fr", "maçon")},
			"2 " + escoMason + " mason 7112 retires 1;",
		},
	} {
		ids := domain.IDFunc(func() domain.ID { return "new" })
		got := ""
		for _, m := range meet(c.known, c.drafts) {
			n := m.becomes(ids)
			got += fmt.Sprintf("%s %s %s %s", n.ID, n.URI, n.StarterID, n.ISCO)
			if m.retire != nil {
				got += " retires " + string(m.retire.ID)
			}
			got += ";"
		}
		if got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, c.want)
		}
	}
}

func TestObsoleteDraftsKeepWhatBaaraOffers(t *testing.T) {
	ids := domain.IDFunc(func() domain.ID { return "new" })
	gone := draft(escoMason, "", masonGroup)
	gone.Obsolete = true
	alone, shared := stored("1", escoMason, "", masonGroup), stored("1", escoMason, "mason", masonGroup)
	if got := meet([]Known{alone}, []Draft{gone})[0].becomes(ids).Status; got != Obsolete {
		t.Errorf("a concept of ESCO alone is %s, want obsolete", got)
	}
	if got := meet([]Known{shared}, []Draft{gone})[0].becomes(ids).Status; got != Active {
		t.Errorf("a concept Baara's files offer is %s, want active", got)
	}
}
