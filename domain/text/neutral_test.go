package text_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/baara-platform/baara/domain/text"
)

// TestNeutralGivesTheSameBytes lists writings of one occupation, each of which must become exactly the first column.
func TestNeutralGivesTheSameBytes(t *testing.T) {
	for want, writings := range map[string][]string{
		"coordonnateur":                 {"coordonnatrice", "Coordonnateur", "coordonnateur / coordonnatrice", "coordonnateur-trice", "coordonnateur(trice)"},
		"analyste financier":            {"Analyste financier / financière", "analyste financière", "Analyste financier/ère", "analyste financier(ère)"},
		"auditeur interne":              {"auditeur interne/auditrice interne", "Auditrice interne", "auditeur·rice interne", "auditeur.rice interne"},
		"boucher":                       {"Boucher (h/f/x)", "bouchère", "Boucher H/F", "boucher - f/h", "boucher (m/w/d)", "boucher·ère"},
		"serveur":                       {"serveur-euse", "Serveuse", "serveur/euse", "serveur·se", "serveur(se)"},
		"accrocheur":                    {"Accrocheur / Accrocheuse", "accrocheuse"},
		"assistant de direction":        {"Assistant / Assistante de direction", "assistante de direction", "assistant(e) de direction", "assistant·e de direction"},
		"charge de clientele":           {"Chargé(e) de clientèle", "chargée de clientèle", "chargé / chargée de clientèle"},
		"infirmier":                     {"infirmier/ière", "infirmière", "Infirmier (ère)", "infirmier·ière"},
		"technicien d engins agricoles": {"technicien d’engins agricoles/technicienne d’engins agricoles", "technicienne d'engins agricoles"},
		"boulanger patissier":           {"boulanger / boulangère pâtissier / pâtissière", "boulangère pâtissière"},
		"conducteur de bus":             {"conducteur de bus / conductrice", "conducteur / conductrice de bus"},
		"coiffeur":                      {"coiffeur ou coiffeuse", "coiffeur et coiffeuse", "coiffeuse"},
		"vendeurs":                      {"vendeuses", "vendeurs-euses", "vendeurs / vendeuses"},
		"professeur":                    {"professeure", "professeur(e)"},
		"agent administratif":           {"agente administrative", "agent·e administratif·ve", "agent administratif / agente administrative"},
		"employe de maison":             {"employée de maison", "employé(e) de maison"},
		"directeur commercial":          {"directrice commerciale", "directeur commercial / directrice commerciale"},
		"avocat":                        {"avocate", "avocat(e)"},
		"homme de menage":               {"femme de ménage", "homme de ménage"},
		"vendedor":                      {"vendedora", "vendedor(a)"},
		"tourneur fraiseur":             {"tourneur / fraiseur", "tourneuse-fraiseuse"},
		"ingenieur agronome":            {"ingénieure agronome", "ingénieur·e agronome"},
		"travailleurs sociaux":          {"travailleuses sociales"},
	} {
		for _, w := range writings {
			t.Run(w, func(t *testing.T) {
				if got := text.Neutral(w); got != want {
					t.Errorf("Neutral(%q) = %q, want %q", w, got, want)
				}
			})
		}
	}
}

func TestNeutralLeavesOtherWordsAlone(t *testing.T) {
	for _, w := range []string{
		"sage femme", "sante des femmes", "matiere premiere de la vente", "charpente", "personne agee en attente", "journee", "plante",
		"carriere", "machine outil", "c++ et c#", "3 tonnes",
	} {
		got := text.Neutral(w)
		want := map[string]string{"matiere premiere de la vente": "matiere premier de la vente", "personne agee en attente": "personne agee en attente"}[w]
		if want == "" {
			want = w
		}
		if got != want {
			t.Errorf("Neutral(%q) = %q, want %q", w, got, want)
		}
	}
}

func TestStems(t *testing.T) {
	for name, c := range map[string]struct{ a, b string }{
		"plural":                   {"tableaux électriques", "tableau électrique"},
		"al, aux":                  {"travailleur social", "travailleuses sociales"},
		"al, aux masculine":        {"travailleurs sociaux", "travailleur social"},
		"irregular plural":         {"travaux publics", "travail public"},
		"english plural":           {"electrical installations", "electrical installation"},
		"english plural y":         {"industries", "industry"},
		"english gerund":           {"managing", "manage"},
		"english past":             {"managed", "manage"},
		"english doubled":          {"planning", "plan"},
		"french infinitive":        {"gérer", "gère"},
		"stop words":               {"chef de l'équipe", "chef équipe"},
		"language does not matter": {"industrie", "industry"},
		"portuguese plural":        {"instalações", "instalação"},
	} {
		t.Run(name, func(t *testing.T) {
			if a, b := text.Stems(c.a), text.Stems(c.b); !slices.Equal(a, b) {
				t.Errorf("%q gives %q, %q gives %q", c.a, a, c.b, b)
			}
		})
	}
	t.Run("different words stay apart", func(t *testing.T) {
		if a, b := text.Stem("vendeur"), text.Stem("vente"); a == b {
			t.Errorf("both %q", a)
		}
	})
	t.Run("only stop words", func(t *testing.T) {
		if got := text.Stems("de la"); !slices.Equal(got, []string{"de", "la"}) {
			t.Errorf("got %q", got)
		}
	})
}

func TestNeutralIsIdempotent(t *testing.T) {
	word := rapid.SampledFrom([]string{
		"coordonnatrice", "coordonnateur", "/", " / ", "(h/f)", "-euse", "·rice", "(e)", "serveur", "de", "ou", "financière", "analyste",
		" ", "Femme de", "é", "sociales", "-", ".", "vendeuses", "h", "f", "x", "boulangère",
	})
	rapid.Check(t, func(t *rapid.T) {
		s := ""
		for _, w := range rapid.SliceOfN(word, 0, 8).Draw(t, "words") {
			s += w + rapid.SampledFrom([]string{"", " "}).Draw(t, "gap")
		}
		once := text.Neutral(s)
		if twice := text.Neutral(once); twice != once {
			t.Fatalf("Neutral(%q) = %q, again %q", s, once, twice)
		}
	})
}

func FuzzNeutral(f *testing.F) {
	for _, s := range []string{"Analyste financier / financière", "auditeur·rice", "(h/f/x)", "a/b/c|d", "\xff/", "(((-e", "0000eeeeeee"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once := text.Neutral(s)
		if twice := text.Neutral(once); twice != once {
			t.Fatalf("Neutral(%q) = %q, again %q", s, once, twice)
		}
		text.Stems(s)
	})
}
