package linker_test

import (
	"context"
	"testing"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/exchange/starter"
	"github.com/baara-platform/baara/domain/taxonomy"
	"github.com/baara-platform/baara/search/linker"
)

// shipped loads the occupations and skills that come with Baara. Their ids are the slugs of its files.
func shipped(t testing.TB) *linker.Linker {
	t.Helper()
	release, err := starter.Taxonomy()
	if err != nil {
		t.Fatal(err)
	}
	l := linker.New()
	err = l.Load(context.Background(), func(_ context.Context, yield func(taxonomy.Concept, taxonomy.Label) error) error {
		for _, c := range release.Concepts {
			for _, label := range c.Labels {
				if err := yield(taxonomy.Concept{ID: domain.ID(c.StarterID), Kind: c.Kind, URI: c.URI, ISCO: c.ISCO}, label); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return l
}

const (
	job = taxonomy.Occupation
	can = taxonomy.Skill
)

// TestWhatPeopleWrite says what real words are linked to: surely, or only as the first proposal when somebody is asked.
func TestWhatPeopleWrite(t *testing.T) {
	l := shipped(t)
	for _, c := range []struct {
		who   string
		kind  taxonomy.Kind
		words string
		means domain.ID // "" for nothing like it
		sure  bool
	}{
		// A mason back from abroad, who has only words.
		{"a returnee writes his trade", job, "Maçon", "mason", true},
		{"… with what he did there, which says too much to be sure", job, "j'étais maçon en Libye", "mason", false},
		{"… in English", job, "bricklayers", "mason", true},
		{"… in Portuguese, which no label is in", job, "pedreiro", "mason", true},
		{"… names his work", can, "poser carrelage", "lay-tiles", true},
		{"… says that he reads plans: those of buildings, not of circuits", can, "lire un plan", "read-building-plans", true},
		{"an electrician says which plans", can, "lire un plan électrique", "read-wiring-diagrams", true},

		// Trades in Bambara, with and without its letters.
		{"a brickmaker", job, "tufagosila", "brickmaker", true},
		{"a cattle breeder", job, "Misimarala", "cattle-farmer", true},
		{"a midwife of the village", job, "tinminɛmuso", "birth-attendant", true},
		{"… typed without ɛ", job, "tinminemuso", "birth-attendant", true},

		// Gender is written in many ways and never matters.
		{"a point in the middle", job, "coiffeur·euse", "hairdresser", true},
		{"a hyphen", job, "serveur-euse", "waiter", true},
		{"both in full, with a common tail", job, "Technicien / Technicienne en informatique", "computer-technician", true},
		{"an advertiser's note", job, "Boulanger (h/f/x)", "baker", true},
		{"a note in Dutch", job, "Comptable (m/v)", "accountant", true},
		{"a woman's word for a man's label", job, "orpailleuse", "gold-digger", true},
		{"a word that is its own feminine", job, "sage femme", "midwife", true},

		// Errors, accents, order, number.
		{"no accents", job, "electricien batiment", "building-electrician", true},
		{"a wrong letter", job, "plonbier", "plumber", true},
		{"a missing letter", job, "infimiere", "nurse", true},
		{"two words for one, in another order", job, "informatique technicienne", "computer-technician", true},
		{"a plural", job, "chauffeurs poids lourds", "truck-driver", true},
		{"a shorter word", job, "menuisier alu", "aluminium-joiner", true},

		// Languages and abbreviations are mixed.
		{"English in French", job, "community manager", "community-manager", true},
		{"half English", job, "technicien IT", "computer-technician", true},
		{"an English abbreviation", job, "RN", "nurse", true},
		{"an abbreviation for a department", job, "responsable RH", "hr-officer", true},
		{"the street's word", job, "taximan", "taxi-driver", true},
		{"software by its name", can, "Excel", "use-spreadsheet", true},
		{"an English noun for a French verb", can, "teamwork", "work-in-team", true},

		// What is not clear is asked.
		{"a driver of what?", job, "chauffeur", "private-driver", false},
		{"which sewing?", can, "coudre", "sew-by-hand", false},
		{"which welding?", can, "soudure", "weld-arc", false},
		{"a keeper of what?", job, "gardien", "house-watchman", false},
		{"the house or the office?", job, "femme de ménage", "domestic-worker", false},
		{"a pattern, and which", can, "modèle d", "design-clothes", false},
		{"no such trade here", job, "astronaute", "", false},
		{"no word at all", job, "xyz", "", false},
	} {
		t.Run(c.words, func(t *testing.T) {
			g, err := l.Link(context.Background(), c.kind, "fr", c.words)
			if err != nil || g.ConceptID != c.means || g.Sure() != c.sure {
				t.Errorf("%s: %q means %q (%s, %d), want %q, sure %v; %v", c.who, c.words, g.ConceptID, g.Matched, g.Score, c.means, c.sure, err)
			}
			ranked, err := l.Rank(context.Background(), c.kind, "fr", c.words, 1)
			if err != nil || len(ranked) > 0 && ranked[0].ConceptID != g.ConceptID || len(ranked) == 0 && c.means != "" {
				t.Errorf("%s: Rank says %+v, Link %+v; %v", c.who, ranked, g, err)
			}
		})
	}
}

// TestWhatIsProposedWhileTyping says what a form proposes first for words that are not finished.
func TestWhatIsProposedWhileTyping(t *testing.T) {
	l := shipped(t)
	for typed, want := range map[string]domain.ID{
		"maç":             "mason",
		"infirm":          "nurse",
		"chauffeur de ta": "taxi-driver",
		"electricien ba":  "building-electrician",
		"bricklay":        "mason",
		"couturi":         "dressmaker",
		"technicien en i": "computer-technician",
	} {
		t.Run(typed, func(t *testing.T) {
			got, err := l.Suggest(context.Background(), taxonomy.Occupation, "fr", typed, 5)
			if err != nil || len(got) == 0 || got[0].ConceptID != want {
				t.Errorf("got %+v, want %s first; %v", got, want, err)
			}
		})
	}
}
