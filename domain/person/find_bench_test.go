package person_test

import (
	"fmt"
	"testing"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/person"
)

// BenchmarkFind searches the name register of 20,000 people, a tenth of whom
// bear the name that is asked for.
func BenchmarkFind(b *testing.B) {
	w := newWorld(b)
	families := []string{"Coulibaly", "Traoré", "Diarra", "Keïta", "Sidibé", "Sangaré", "Maïga", "Touré", "Cissé", "Dembélé"}
	given := []string{"Awa", "Moussa", "Fatoumata", "Adama", "Oumou", "Bakary", "Salif", "Mariam", "Sékou", "Kadiatou", "Drissa"}
	for range 20 {
		var all []person.Newcomer
		for i := range 1000 {
			n := w.aPerson().Named(given[i%len(given)], families[i%len(families)]).Phoned(fmt.Sprintf("+2237%07d", i))
			for k := range 8 {
				n.Skilled(fmt.Sprint("savoir faire ", k), "")
			}
			all = append(all, n.At(w.bamako))
		}
		w.stored(all...)
	}
	w.exec(`ANALYZE`)
	for _, words := range []string{"Kulubali", "Awa Coulibaly", "70000017"} {
		b.Run(words, func(b *testing.B) {
			for b.Loop() {
				if _, err := w.people.Find(w.ctx, w.awa, words, person.FindFilter{}, domain.Cursor{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
