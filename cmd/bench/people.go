package bench

import (
	"fmt"
	"strings"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/matching"
)

// The size of ESCO 1.1.1, the words of its labels in two languages, and Mali's
// regions.
const (
	skills      = 13_896
	occupations = 3_007
	unitGroups  = 426
	vocabulary  = 9_000
	regions     = 20
)

// Streams of dice, one a kind of record.
const (
	streamWord = iota
	streamLabel
	streamOccupation
	streamPerson
	streamOpening
	streamWords
	streamChange
)

// World is everything invented: who is asked for and who is asked.
type World struct {
	Seed   uint64
	People int
	Today  domain.Date

	words       []string
	skillLabels [][]string // two languages
	jobLabels   [][]string
	jobSkills   [][]int // of an occupation, the usual ones
	skillShare  []float64
	jobShare    []float64
	regionShare []float64
}

// NewWorld invents the classification; people and vacancies are made when asked for.
func NewWorld(seed uint64, people int) *World {
	w := &World{
		Seed: seed, People: people, Today: domain.Date{Year: 2026, Month: 6, Day: 1},
		skillShare: zipf(skills, 20), jobShare: zipf(occupations, 20),
		// Every third lives in the capital.
		regionShare: shares(29, 9.4, 8.6, 7.7, 7.6, 5.3, 3.9, 3, 2.9, 2.9, 2.9, 2.8, 2.8, 2.7, 2, 1.8, 1.8, 1, .9, .8),
	}
	seen := map[string]bool{}
	for n := 0; len(w.words) < vocabulary; n++ {
		if word := syllables(newDice(seed, streamWord, n)); !seen[word] {
			seen[word] = true
			w.words = append(w.words, word)
		}
	}
	wordShare := zipf(vocabulary, 10)
	for i := range skills + occupations {
		d := newDice(seed, streamLabel, i)
		labels := []string{w.label(d, wordShare, 5), w.label(d, wordShare, 4)}
		if i < skills {
			w.skillLabels = append(w.skillLabels, labels)
		} else {
			w.jobLabels = append(w.jobLabels, labels)
		}
	}
	for i := range occupations {
		d := newDice(seed, streamOccupation, i)
		var usual []int
		for range 20 + d.IntN(30) {
			usual = append(usual, d.one(w.skillShare))
		}
		w.jobSkills = append(w.jobSkills, usual)
	}
	return w
}

func syllables(d dice) string {
	var b strings.Builder
	for range 2 + d.IntN(3) {
		b.WriteByte("bcdfgjklmnprstv"[d.IntN(15)])
		b.WriteByte("aeiou"[d.IntN(5)])
		if d.often(30) {
			b.WriteByte("lnrst"[d.IntN(5)])
		}
	}
	return b.String()
}

func (w *World) label(d dice, share []float64, words int) string {
	var out []string
	for range d.around(words, 1) {
		out = append(out, w.words[d.one(share)])
	}
	return strings.Join(out, " ")
}

// Concepts are uuids, as in production.
func skillID(n int) domain.ID { return domain.ID(fmt.Sprintf("0190a000-0000-7000-8000-%012x", n)) }
func jobID(n int) domain.ID   { return domain.ID(fmt.Sprintf("0190b000-0000-7000-8000-%012x", n)) }
func region(n int) string     { return fmt.Sprintf("ML-%02d", n) }

// isco puts an occupation into one of ISCO's 426 unit groups, ten to a sub-major group.
func isco(job int) string {
	unit := job % unitGroups
	sub, in := unit/10, unit%10
	return fmt.Sprintf("%d%d%d%d", 1+sub/5, 1+sub%5, 1+in/3, 1+in%3)
}

// PersonID gives the id of a person by number: as unlike its neighbours as a
// real one is in its second half.
func PersonID(n int) domain.ID {
	scattered := uint64(n) * 0x9e3779b97f4a7c15
	return domain.ID(fmt.Sprintf("0190c000-%04x-7%03x-8%03x-%012x", n>>12, n&0xfff, scattered>>52, scattered&0xffffffffffff))
}

// personNumber is the inverse of PersonID.
func personNumber(id domain.ID) int {
	var high, low int
	if _, err := fmt.Sscanf(string(id[9:18]), "%04x-7%03x", &high, &low); err != nil {
		panic("bench: not one of ours: " + string(id))
	}
	return high<<12 | low
}

// Person makes the record of a person. Another version is the same person after
// a change: she has learnt something, moved, or is free later.
func (w *World) Person(n, version int) matching.PersonRecord {
	d := newDice(w.Seed, streamPerson, n)
	home := d.one(w.regionShare)
	p := matching.Profile{
		ID: PersonID(n), ISCED: d.one(shares(8, 18, 22, 20, 6, 10, 10, 6)), Anywhere: d.often(10),
		Mobility: []string{region(home)}, WaitingSince: w.Today.AddDays(-d.IntN(700)),
	}
	for range d.IntN(4) {
		p.Mobility = append(p.Mobility, region(d.one(w.regionShare)))
	}
	rec := matching.PersonRecord{Region: region(home)}
	job := d.one(w.jobShare)
	for i := range d.IntN(3) + 1 {
		if i > 0 {
			job = d.one(w.jobShare)
		}
		p.Experiences = append(p.Experiences, matching.Experience{Occupation: jobID(job), ISCO: isco(job), Months: d.IntN(120)})
		rec.Occupations = append(rec.Occupations, w.jobLabels[job]...)
		if d.often(60) {
			break
		}
	}
	if d.often(30) {
		wish := d.one(w.jobShare)
		p.Wishes = []matching.Wish{{Occupation: jobID(wish), ISCO: isco(wish)}}
	}
	for i := range d.around(9, 1) + version {
		skill := d.one(w.skillShare)
		if usual := w.jobSkills[job]; d.often(60) && i < 30 {
			skill = usual[d.IntN(len(usual))]
		}
		p.Skills = append(p.Skills, matching.Skill{Concept: skillID(skill), Evidence: matching.Evidence(d.one(shares(80, 10, 7, 3)))})
		rec.Skills = append(rec.Skills, w.skillLabels[skill]...)
	}
	for i, percent := range []int{80, 40, 20, 20, 20, 20, 20} {
		if d.often(percent) {
			p.Languages = append(p.Languages, []string{"fr", "bm", "snk", "en", "tmh", "ar", "ff"}[i])
		}
	}
	for i, percent := range []int{30, 10, 5} {
		if d.often(percent) {
			p.Licences = append(p.Licences, []string{"B", "A", "C"}[i])
		}
	}
	if d.often(15) {
		p.AvailableFrom = w.Today.AddDays(d.IntN(90))
	}
	if d.often(60) {
		p.MatchableUntil = w.Today.AddDays(d.IntN(720) - 20)
	}
	rec.Profile = p
	return rec
}

// Opening makes a vacancy to ask for people with.
func (w *World) Opening(n int) matching.Opening {
	d := newDice(w.Seed, streamOpening, n)
	job := d.one(w.jobShare)
	o := matching.Opening{
		ID: domain.ID(fmt.Sprintf("0190d000-0000-7000-8000-%012x", n)), Places: []string{region(d.one(w.regionShare)), "ML"},
		ISCEDMin: d.one(shares(42, 14, 16, 16, 0, 8, 4)), ExperienceMonths: 12 * d.one(shares(43, 17, 19, 13, 0, 8)),
		Occupation: jobID(job), ISCO: isco(job), PostsLeft: 1, WaitingSince: w.Today,
	}
	if d.often(50) {
		o.Languages = []string{"fr"}
	}
	if d.often(6) {
		o.Languages = []string{"fr", "bm"}
	}
	if d.often(14) {
		o.Licences = []string{"B"}
	}
	for range 5 {
		if near := d.one(w.jobShare); near != job {
			o.Neighbours = append(o.Neighbours, jobID(near))
		}
	}
	for range d.around(8, 2) {
		skill := d.one(w.skillShare)
		if usual := w.jobSkills[job]; d.often(85) {
			skill = usual[d.IntN(len(usual))]
		}
		o.Skills = append(o.Skills, matching.Need{Concept: skillID(skill), Essential: d.often(75)})
	}
	return o
}

// Words are what a member of staff types: two words of each of two skills, or of three, which
// hardly anybody has together.
func (w *World) Words(n int) string {
	d := newDice(w.Seed, streamWords, n)
	var out []string
	for range 2 + n%2 {
		words := strings.Fields(w.skillLabels[d.one(w.skillShare)][d.IntN(2)])
		for range 2 {
			out = append(out, words[d.IntN(len(words))])
		}
	}
	return strings.Join(out, " ")
}
