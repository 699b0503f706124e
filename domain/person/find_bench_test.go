package person_test

import (
	"cmp"
	"fmt"
	"os"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/person"
)

// BenchmarkFind searches the name register of 20,000 people, or of BAARA_PEOPLE,
// a tenth of whom bear the family name that is asked for, by spelling, sound,
// both names, alias, village and phone. It reports the 95th percentile.
func BenchmarkFind(b *testing.B) {
	w := newWorld(b)
	families := []string{"Coulibaly", "Traoré", "Diarra", "Keïta", "Sidibé", "Sangaré", "Maïga", "Touré", "Cissé", "Dembélé"}
	given := []string{"Awa", "Moussa", "Fatoumata", "Adama", "Oumou", "Bakary", "Salif", "Mariam", "Sékou", "Kadiatou", "Drissa"}
	people, _ := strconv.Atoi(cmp.Or(os.Getenv("BAARA_PEOPLE"), "20000"))
	for batch := range people / 1000 {
		var all []person.Newcomer
		for k := range 1000 {
			i := batch*1000 + k
			n := w.aPerson().Named(given[i%len(given)], families[i%len(families)]).Phoned(fmt.Sprintf("+2237%07d", i))
			for k := range 8 {
				n.Skilled(fmt.Sprint("savoir faire ", k), "")
			}
			one := n.At(w.bamako)
			one.Person.Residence.Detail = fmt.Sprint("Village ", i%5000)
			if i%50 == 0 {
				one.Person.Aliases = append(one.Person.Aliases, person.Alias{Kind: person.AliasDit, Name: fmt.Sprint("Petit ", given[(i/50)%len(given)])})
			}
			all = append(all, one)
		}
		w.stored(all...)
	}
	w.exec(`VACUUM (ANALYZE) person_name_keys`) // as autovacuum does, which tests run without
	w.exec(`ANALYZE`)
	for _, words := range []string{"Kulubali", "Jara", "Awa Coulibaly", "Petit Moussa", "Oumou Sidibe village 42", "70000017"} {
		b.Run(words, func(b *testing.B) {
			var took []time.Duration
			for b.Loop() {
				begin := time.Now()
				found, err := w.people.Find(w.ctx, w.awa, words, person.FindFilter{}, domain.Cursor{})
				if err != nil || len(found.Items) == 0 {
					b.Fatalf("%d found: %v", len(found.Items), err)
				}
				took = append(took, time.Since(begin))
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)*95/100])/float64(time.Millisecond), "p95-ms")
		})
	}
}
