package v1_test

import (
	"fmt"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/baara-platform/baara/domain"
)

// flip changes what must not matter: everything a counsellor may write about
// somebody's sex, age, origin, journey or protection, in one of two ways.
type flip struct {
	name  string
	write func(t *testing.T, w *world, p flipped, other bool)
}

// flipped is one of the people, with what she or he does.
type flipped struct {
	id   string
	n    int
	work trade
}

// trade is somebody's work in the words of a woman and of a man.
type trade struct{ her, him, skillHer, skillHim string }

var trades = []trade{
	{"maçonne", "maçon", "monter un mur en briques", "monter un mur en briques"},
	{"coordonnatrice de projet", "coordonnateur de projet", "animatrice d'équipe", "animateur d'équipe"},
	{"couturière", "couturier", "ouvrière de couture", "ouvrier de couture"},
	{"vendeuse", "vendeur", "bonne vendeuse", "bon vendeur"},
	{"cuisinière", "cuisinier", "cuisinière en plein air", "cuisinier en plein air"},
	{"éleveuse de volailles", "éleveur de volailles", "éleveuse de poules", "éleveur de poules"},
	{"directrice d’école", "directeur d’école", "gestionnaire avertie", "gestionnaire averti"},
	{"conductrice de travaux", "conducteur de travaux", "conductrice d'engins", "conducteur d'engins"},
	{"technicienne agricole", "technicien agricole", "formatrice d'adultes", "formateur d'adultes"},
	{"boulangère", "boulanger", "pâtissière", "pâtissier"},
}

// put replaces a part of a record.
func put(t *testing.T, w *world, p flipped, part string, body object) {
	t.Helper()
	path := "/jobseekers/" + p.id
	w.awa.put(t, path+"/"+part, body, based(w.awa.get(t, path))).status(t, http.StatusOK)
}

// either is one of two things.
func either[T any](other bool, first, second T) T {
	if other {
		return second
	}
	return first
}

func identityOf(p flipped, change object) object {
	out := object{
		"given": fmt.Sprintf("Personne%d", p.n), "family": "Essai", "sex": "female", "birth": object{"precision": "day", "date": "1990-05-06"},
		"nationalities": []string{"MLI"}, "birth_country": "MLI",
	}
	maps.Copy(out, change)
	return out
}

func flips() []flip {
	return []flip{
		{"sex", func(t *testing.T, w *world, p flipped, other bool) {
			put(t, w, p, "identity", identityOf(p, object{"sex": either(other, "female", "male")}))
		}},
		{"the words of women and men", func(t *testing.T, w *world, p flipped, other bool) {
			title, skill := either(other, p.work.her, p.work.him), either(other, p.work.skillHer, p.work.skillHim)
			put(t, w, p, "experience", object{"experience": []object{{"title": title, "from_year": 2016, "until_year": 2022}}})
			put(t, w, p, "skills", object{"skills": []object{{"words": skill}, {"words": "lire un plan"}}})
			put(t, w, p, "wishes", object{"wishes": []object{{"words": title}}})
		}},
		{"age", func(t *testing.T, w *world, p flipped, other bool) {
			put(t, w, p, "identity", identityOf(p, object{"birth": either(other, object{"precision": "day", "date": "1966-01-02"}, object{"precision": "year", "year": 2004})}))
		}},
		{"origin", func(t *testing.T, w *world, p flipped, other bool) {
			put(t, w, p, "identity", identityOf(p, object{
				"nationalities": either(other, []string{"MLI"}, []string{"NER", "SYR"}), "birth_country": either(other, "MLI", "SYR"),
				"father": either(other, "Moussa", "Bashar"), "mother": either(other, "Awa", "Rima"), "nina": either(other, "", "29306211002003B"),
				"aliases": either(other, []object{}, []object{{"kind": "dit", "name": "Le Syrien"}}),
			}))
		}},
		{"where one worked and learnt", func(t *testing.T, w *world, p flipped, other bool) {
			put(t, w, p, "experience", object{"experience": []object{{"title": p.work.her, "from_year": 2016, "until_year": 2022,
				"country": either(other, "MLI", "LBY"), "employer": either(other, "Bâtir Mali", "Chantier de Tripoli")}}})
			put(t, w, p, "education", object{"isced": p.n % 4, "educations": []object{{"kind": "formal", "isced": p.n % 4, "year": 2012, "country": either(other, "MLI", "DZA"),
				"diploma": either(other, "CAP", "Diplôme d’Alger"), "recognition": either(other, "none", "applied")}}})
			put(t, w, p, "skills", object{"skills": []object{{"words": p.work.skillHer, "acquired": either(other, "work", "abroad")}, {"words": "lire un plan"}}})
		}},
		{"migration", func(t *testing.T, w *world, p flipped, other bool) {
			body := object{"episodes": []object{}, "displacements": []object{}}
			if other {
				body["episodes"] = []object{{"country": "LBY", "role": "transit", "reason": "persecution", "status": "irregular", "return_mode": "expulsion", "months": 30, "occupation": "maçon", "isco": "7112"}}
			}
			put(t, w, p, "migration", body)
		}},
		{"displacement", func(t *testing.T, w *world, p flipped, other bool) {
			body := object{"episodes": []object{}, "displacements": []object{}}
			if other {
				body["displacements"] = []object{{"origin_place": "GAO", "origin_detail": "Ansongo", "cause": "violence", "date": "2024-03-01", "intended_place": "BKO"}}
			}
			put(t, w, p, "migration", body)
		}},
		{"groups", func(t *testing.T, w *world, p flipped, other bool) {
			put(t, w, p, "population", object{
				"groups": either(other, []string{}, []string{"return_migrant", "internally_displaced", "refugee", "stranded_in_transit"}), "worked_abroad": either(other, "no", "yes"),
			})
		}},
		{"where one stays, and how", func(t *testing.T, w *world, p flipped, other bool) {
			put(t, w, p, "contact", object{
				"phones":    []object{{"number": fmt.Sprintf("77%06d", p.n), "owner": "own"}},
				"residence": object{"place": "BKO", "kind": either(other, "place", "site"), "detail": either(other, "Lafiabougou", "Site de déplacés de Faladié")},
				"language":  either(other, "fr", "ha"), "reading": either(other, "alone", "voice"), "accommodation": either(other, "", "Fauteuil roulant"),
				"channel": either(other, "sms", "voice"),
			})
		}},
		{"needs", func(t *testing.T, w *world, p flipped, other bool) {
			file := w.awa.get(t, "/jobseekers/"+p.id+"/case").status(t, http.StatusOK)
			w.awa.put(t, "/cases/"+file.text("id")+"/barriers", object{
				"barriers": either(other, []object{}, []object{{"kind": "care_visit", "detail": "Suivi au CHU"}, {"kind": "papers"}}),
			}, based(file)).status(t, http.StatusOK)
		}},
	}
}

// TestFlips changes what must not matter for a third of the people, one thing
// after the other, and in the end for everybody, and compares every byte that employers and the public are
// answered: order, counts, facets, cards, reasons.
func TestFlips(t *testing.T) {
	if testing.Short() {
		t.Skip("every address again and again: left to the full run")
	}
	w := newWorld(t)
	people, s := gather(t, w)
	before := s.take(t)
	for i, f := range flips() {
		t.Run(f.name, func(t *testing.T) {
			for _, p := range people {
				if p.n%3 == i%3 {
					f.write(t, w, p, true)
				}
			}
			w.settle(t)
			after := s.take(t)
			s.same(t, before, after)
			before = after
		})
	}
	t.Run("all of it, everybody", func(t *testing.T) {
		for i, f := range flips() {
			for _, p := range people {
				if p.n%3 != i%3 {
					f.write(t, w, p, true)
				}
			}
		}
		w.settle(t)
		after := s.take(t)
		s.same(t, before, after)
		before = after
	})
	// What does matter is seen: the readings are of something.
	put(t, w, people[0], "skills", object{"skills": []object{{"words": "lire un plan"}}})
	w.settle(t)
	if after := s.take(t); maps.Equal(before, after) {
		t.Error("without her skills she is as she was before")
	}
}

// sight is what an employer and the public read.
type sight struct {
	crawler
	employer caller
	shut     map[string]bool // addresses that did not open
}

// gather makes two dozen people with files, of whom some are introduced, and
// vacancies that they match in different measure.
func gather(t *testing.T, w *world) ([]flipped, *sight) {
	t.Helper()
	var people []flipped
	var known []jobseeker
	for n := range 24 {
		work := trades[n%len(trades)]
		j := w.registered(t, object{
			"given": fmt.Sprintf("Personne%d", n), "family": "Essai", "isced": n % 4, "languages": []object{{"code": "bm", "speaking": "native"}},
			"experience": []object{{"title": work.her, "from_year": 2016, "until_year": 2022}}, "wishes": []object{{"words": work.her}},
			"skills": []object{{"words": work.skillHer}, {"words": "lire un plan"}}, "mobility": object{"anywhere": n%2 == 0},
			"phones": []object{{"number": fmt.Sprintf("77%06d", n), "owner": "own"}},
		})
		w.awa.post(t, "/jobseekers/"+j.id+"/case", nil).status(t, http.StatusCreated)
		people, known = append(people, flipped{j.id, n, work}), append(known, j)
	}
	s := &sight{crawler: crawler{w: w}, employer: w.employer.inSession(t), shut: map[string]bool{}}
	for i, work := range trades {
		v := w.published(t, object{"title": work.him, "posts": 3, "skills": []object{{"words": work.skillHim}, {"words": "lire un plan", "importance": "optional"}}})
		s.ids = append(s.ids, v.text("id"))
		if i < 4 {
			s.ids = append(s.ids, w.sent(t, known[i], v.text("id")).text("id"))
		}
	}
	w.settle(t)
	s.take(t)
	return people, s
}

// masks hide what is new in every answer, whoever it is about.
var masks = []*regexp.Regexp{
	regexp.MustCompile(`nonce="[^"]*"`),
	regexp.MustCompile(`"request_id":"[^"]*"`),
	regexp.MustCompile(`name="_token" value="[^"]*"`),
	regexp.MustCompile(`data-work="[^"]*"`), // a challenge is new for everybody
}

// aside are addresses of nobody's record, new challenges of work, and of the reader's own keys and
// devices, which are new or were seen just now.
var aside = regexp.MustCompile(`^/(openapi.json|docs|static|account|api/v1/(reference|taxonomy|sessions|desk|challenges)|taxonomy|(employers|register)/work|healthz|readyz)`)

// take reads everything once.
func (s *sight) take(t *testing.T) map[string]string {
	t.Helper()
	out := map[string]string{}
	reads := func(who string, by caller, role domain.Role) {
		addresses := s.addresses(role)
		for _, id := range s.ids {
			addresses = append(addresses, "/api/v1/vacancies/"+id+"/matches?limit=100", "/api/v1/vacancies/"+id+"/matches?limit=3", "/employer/vacancies/"+id+"/matches?size=100")
		}
		for _, address := range addresses {
			if s.shut[who+address] || aside.MatchString(address) {
				continue
			}
			a := s.open(t, by, address)
			s.shut[who+address] = a.code >= 300
			text := fmt.Sprintln(a.code, a.header.Get("Location"), a.header.Get("ETag")) + string(a.body)
			for _, m := range masks {
				text = m.ReplaceAllString(text, "…")
			}
			out[who+" "+address] = text
		}
	}
	reads("an employer", s.employer, domain.RoleEmployer)
	reads("a visitor", s.w.visitor, domain.RoleAnonymous)
	return out
}

// same compares two readings, and that they held something to compare.
func (s *sight) same(t *testing.T, before, after map[string]string) {
	t.Helper()
	cards, told := 0, 0
	for _, address := range slices.Sorted(maps.Keys(before)) {
		cards += strings.Count(before[address], `"card":`)
		if before[address] != after[address] && told < 4 {
			told++
			t.Errorf("%s changed:\n%s", address, difference(before[address], after[address]))
		}
	}
	if cards < 20 {
		t.Errorf("only %d cards were compared", cards)
	}
}

// difference is the first place where two texts differ.
func difference(a, b string) string {
	i := 0
	for i < min(len(a), len(b)) && a[i] == b[i] {
		i++
	}
	cut := func(s string) string { return s[max(0, min(i, len(s))-160):min(len(s), i+160)] }
	return "before: " + cut(a) + "\nafter:  " + cut(b)
}
