package matching_test

import (
	"slices"
	"testing"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/matching"
)

// The cases below are what counsellors would say, with the reason. They read as a specification: change the weights as a collection suggests, and
// these must still hold.

// somebody builds a person who meets every condition of the vacancies below unless said otherwise.
type somebody struct{ matching.Profile }

func aPerson() somebody {
	return somebody{matching.Profile{ID: "p", Anywhere: true, ISCED: 3, Languages: []string{"fr", "bm"}}}
}

func (s somebody) can(skills ...string) somebody { return s.canWith(matching.Declared, skills...) }

func (s somebody) canWith(e matching.Evidence, skills ...string) somebody {
	s.Skills = slices.Clone(s.Skills)
	for _, id := range skills {
		s.Skills = append(s.Skills, matching.Skill{Concept: domain.ID(id), Evidence: e})
	}
	return s
}

func (s somebody) says(words ...string) somebody {
	s.Skills = slices.Clone(s.Skills)
	for _, w := range words {
		s.Skills = append(s.Skills, matching.Skill{Words: w})
	}
	return s
}

// was adds an occupation held for so many months, lately.
func (s somebody) was(occupation string, months int) somebody {
	return s.wasThen(occupation, months, matching.Lately)
}

func (s somebody) wasThen(occupation string, months int, r matching.Recency) somebody {
	o := trades()[occupation]
	s.Experiences = append(slices.Clone(s.Experiences), matching.Experience{
		Occupation: domain.ID(occupation), ISCO: o.isco, Months: months, Recency: r, Skills: o.skills,
	})
	return s
}

// inGroup adds work of which no more is known than its group.
func (s somebody) inGroup(isco string, months int) somebody {
	s.Experiences = append(slices.Clone(s.Experiences), matching.Experience{ISCO: isco, Months: months})
	return s
}

func (s somebody) with(change func(*matching.Profile)) somebody {
	change(&s.Profile)
	return s
}

type trade struct {
	isco   string
	skills []domain.ID
}

func trades() map[string]trade {
	return map[string]trade{
		"mason":      {"7112", []domain.ID{"lay bricks", "mix mortar", "read plans", "build scaffolding"}},
		"tiler":      {"7122", []domain.ID{"lay tiles", "mix mortar", "read plans"}},
		"plasterer":  {"7123", []domain.ID{"plaster walls", "mix mortar"}},
		"bricklayer": {"7112", []domain.ID{"lay bricks", "mix mortar"}},
		"scaffolder": {"7119", []domain.ID{"build scaffolding"}},
		"trucker":    {"8332", []domain.ID{"drive trucks", "secure loads", "fill in papers"}},
		"taxi":       {"8322", []domain.ID{"drive cars", "serve customers"}},
		"blockmaker": {"8114", []domain.ID{"mix mortar"}},
		"cook":       {"5120", []domain.ID{"cook", "keep kitchens clean"}},
		"accountant": {"2411", []domain.ID{"keep books", "file taxes", "use spreadsheets"}},
		"clerk":      {"4311", []domain.ID{"keep books", "use spreadsheets"}},
		"seller":     {"5221", []domain.ID{"serve customers", "count money"}},
	}
}

func vacancyFor(occupation string, months int, needs ...string) matching.Opening {
	o := matching.Opening{ID: "v", Occupation: domain.ID(occupation), ISCO: trades()[occupation].isco, ExperienceMonths: months, PostsLeft: 1}
	for _, n := range needs {
		o.Skills = append(o.Skills, matching.Need{Concept: domain.ID(n), Essential: true})
	}
	return o
}

func masonry() matching.Opening {
	return vacancyFor("mason", 0, "lay bricks", "mix mortar", "read plans", "build scaffolding")
}

func TestWhoComesFirst(t *testing.T) {
	haul := vacancyFor("trucker", 0, "drive trucks", "secure loads", "fill in papers")
	books := vacancyFor("accountant", 0, "keep books", "file taxes", "use spreadsheets")
	rareToo := masonry()
	rareToo.Skills[0].Rarity, rareToo.Skills[1].Rarity = matching.Rare, matching.Common
	optional := masonry()
	optional.Skills = append(optional.Skills[:2:2], matching.Need{Concept: "drive cars"})
	years := masonry()
	years.ExperienceMonths = 36
	plain := vacancyFor("mason", 0)
	words := matching.Opening{ID: "v", PostsLeft: 1, Skills: []matching.Need{{Words: "poser des briques", Essential: true}, {Words: "coordonnateur de chantier", Essential: true}}}

	for name, c := range map[string]struct {
		opening       matching.Opening
		first, second somebody
	}{
		"a returnee mason who says what he can, before one who says nothing":        {masonry(), aPerson().was("mason", 60).can("lay bricks", "mix mortar"), aPerson().was("mason", 60)},
		"a mason who says nothing, before a cook who says nothing":                  {masonry(), aPerson().was("mason", 60), aPerson().was("cook", 60)},
		"a mason who says nothing, before somebody who only saw mortar mixed":       {masonry(), aPerson().was("mason", 60), aPerson().can("mix mortar")},
		"everything said without the trade, before the trade with nothing said":     {masonry(), aPerson().can("lay bricks", "mix mortar", "read plans", "build scaffolding"), aPerson().was("tiler", 60)},
		"words for the trade, before another trade":                                 {words, aPerson().says("pose de briques"), aPerson().was("cook", 60).can("cook")},
		"a woman's words count as a man's, and more words count more":               {words, aPerson().says("Coordonnatrice de chantiers", "poser des briques"), aPerson().says("coordonnateur de chantier")},
		"a certificate, before the same skills only said":                           {masonry(), aPerson().canWith(matching.Certified, "lay bricks", "mix mortar"), aPerson().can("lay bricks", "mix mortar")},
		"an assessment by the service, before a paper from elsewhere":               {masonry(), aPerson().canWith(matching.Assessed, "lay bricks"), aPerson().canWith(matching.Documented, "lay bricks")},
		"two skills said, before one certified":                                     {masonry(), aPerson().can("lay bricks", "mix mortar"), aPerson().canWith(matching.Certified, "lay bricks")},
		"a mason of today, before a mason of twenty years ago":                      {masonry(), aPerson().was("mason", 60), aPerson().wasThen("mason", 60, matching.LongAgo)},
		"a mason some years ago, before a mason of twenty years ago":                {masonry(), aPerson().wasThen("mason", 60, matching.Earlier), aPerson().wasThen("mason", 60, matching.LongAgo)},
		"a mason who now cooks, before a cook who never built":                      {masonry(), aPerson().was("cook", 12).wasThen("mason", 60, matching.Earlier), aPerson().was("cook", 72)},
		"a mason of today, before a mason who now cooks":                            {masonry(), aPerson().was("mason", 60), aPerson().was("cook", 12).wasThen("mason", 60, matching.Earlier)},
		"ten years at it, before six months, where three years are asked":           {years, aPerson().was("mason", 120), aPerson().was("mason", 6).was("cook", 60)},
		"not remembering how long, before a few months":                             {years, aPerson().was("mason", 0).was("cook", 60), aPerson().was("mason", 6).was("cook", 60)},
		"the same trade, before its sibling in the group":                           {masonry(), aPerson().was("mason", 24), aPerson().was("bricklayer", 24)},
		"the sibling in the group, before a trade that shares mortar":               {masonry(), aPerson().was("bricklayer", 24), aPerson().was("tiler", 24)},
		"a trade that shares two skills, before one that shares one":                {masonry(), aPerson().was("tiler", 24), aPerson().was("plasterer", 24)},
		"a code without a title, before another title of the same code":             {plain, aPerson().inGroup("7112", 36), aPerson().was("bricklayer", 36)},
		"the very trade, before a code without a title":                             {plain, aPerson().was("mason", 36), aPerson().inGroup("7112", 36)},
		"a trucker, before a taxi driver":                                           {haul, aPerson().was("trucker", 24), aPerson().was("taxi", 24)},
		"a trucker who secures loads, before a trucker who does not say so":         {haul, aPerson().was("trucker", 24).can("secure loads"), aPerson().was("trucker", 24)},
		"a graduate without experience who learnt it, before a seller":              {books, aPerson().can("keep books", "use spreadsheets"), aPerson().was("seller", 60).can("serve customers")},
		"a clerk who kept books, before a graduate who knows spreadsheets":          {books, aPerson().was("clerk", 60).can("keep books"), aPerson().can("use spreadsheets")},
		"a graduate with every skill, before a clerk with none said":                {books, aPerson().can("keep books", "file taxes", "use spreadsheets"), aPerson().was("clerk", 60)},
		"a rare skill, before a common one":                                         {rareToo, aPerson().can("lay bricks"), aPerson().can("mix mortar")},
		"an essential skill, before an optional one":                                {optional, aPerson().can("lay bricks"), aPerson().canWith(matching.Certified, "drive cars")},
		"the optional skill besides, before without":                                {optional, aPerson().can("lay bricks", "drive cars"), aPerson().can("lay bricks")},
		"who wishes the trade and has a skill, before who has the skill":            {masonry(), wishing(aPerson().can("mix mortar"), "mason"), aPerson().can("mix mortar")},
		"a beginner who wishes it, where the vacancy names no skill, before a cook": {plain, wishing(aPerson(), "mason"), aPerson().was("cook", 36)},
		"the trade, before another of its minor group":                              {masonry(), aPerson().was("mason", 36), aPerson().was("scaffolder", 36)},
		"domestic work is work: a cook, for a kitchen":                              {vacancyFor("cook", 0, "cook", "keep kitchens clean"), aPerson().was("cook", 0), aPerson().was("seller", 60)},
		"a skill of the work counts beside others that were said":                   {masonry(), aPerson().was("mason", 36).can("lay bricks"), aPerson().wasThen("mason", 36, matching.LongAgo).can("lay bricks")},
	} {
		t.Run(name, func(t *testing.T) {
			first, whyFirst := matching.Score(c.first.Profile, c.opening, today, matching.DefaultWeights())
			second, whySecond := matching.Score(c.second.Profile, c.opening, today, matching.DefaultWeights())
			if first <= second {
				t.Errorf("%d points before %d:\n%+v\n%+v", first, second, whyFirst, whySecond)
			}
			if !whyFirst.Eligible() || !whySecond.Eligible() {
				t.Errorf("missed %v and %v", whyFirst.Missed(), whySecond.Missed())
			}
		})
	}
}

func wishing(s somebody, occupation string) somebody {
	return s.with(func(p *matching.Profile) {
		p.Wishes = []matching.Wish{{Occupation: domain.ID(occupation), ISCO: trades()[occupation].isco}}
	})
}

// TestWhoIsACandidate: hard conditions exclude, and so does having nothing to show.
func TestWhoIsACandidate(t *testing.T) {
	night := masonry()
	night.Languages, night.Licences, night.ISCEDMin, night.ExperienceMonths = []string{"fr"}, []string{"B"}, 2, 12
	fit := aPerson().was("mason", 24).with(func(p *matching.Profile) { p.Licences = []string{"B"} })
	for name, c := range map[string]struct {
		opening matching.Opening
		person  somebody
		listed  bool
	}{
		"who meets everything":                                                 {night, fit, true},
		"not without the licence, however good":                                {night, fit.with(func(p *matching.Profile) { p.Licences = nil }), false},
		"a driver's licence from abroad: its category counts, whoever gave it": {night, fit.with(func(p *matching.Profile) { p.Licences = []string{"B", "BE"} }), true},
		"not without French, however good":                                     {night, fit.with(func(p *matching.Profile) { p.Languages = []string{"bm"} }), false},
		"not below the level of schooling asked for":                           {night, fit.with(func(p *matching.Profile) { p.ISCED = 1 }), false},
		"experience in any work counts towards the condition":                  {night, aPerson().was("mason", 6).was("cook", 6).with(func(p *matching.Profile) { p.Licences = []string{"B"} }), true},
		"none of four skills and a trade of the same sector: no":               {masonry(), aPerson().was("scaffolder", 60).with(noSkillsOfWork), false},
		"none of four skills and a wish: no":                                   {masonry(), wishing(aPerson(), "mason"), false},
		"none of four skills said, but the trade itself: yes":                  {masonry(), aPerson().was("mason", 60), true},
		"none of four skills said, but a trade that demands one: yes":          {masonry(), aPerson().was("tiler", 60), true},
		"a wish, where the vacancy names no skill: yes":                        {vacancyFor("mason", 0), wishing(aPerson(), "mason"), true},
		"the trade's few months long ago, no skill said: still something":      {masonry(), aPerson().wasThen("mason", 3, matching.LongAgo), true},
		"nothing in common: no":                                                {masonry(), aPerson().was("cook", 120).can("cook"), false},
	} {
		t.Run(name, func(t *testing.T) {
			points, why := matching.Score(c.person.Profile, c.opening, today, matching.DefaultWeights())
			if listed := points > 0 && why.Eligible(); listed != c.listed {
				t.Errorf("%d points, missed %v", points, why.Missed())
			}
		})
	}
}

func noSkillsOfWork(p *matching.Profile) {
	for i := range p.Experiences {
		p.Experiences[i].Skills = nil
	}
}

// TestWhatEachPartIsFor takes one part of the model away and shows what goes wrong without it.
func TestWhatEachPartIsFor(t *testing.T) {
	flat := func(change func(*matching.Weights)) matching.Weights {
		w := matching.DefaultWeights()
		change(&w)
		return w
	}
	mason := aPerson().was("mason", 60)
	for name, c := range map[string]struct {
		without       matching.Weights
		first, second somebody
	}{
		"evidence": {
			flat(func(w *matching.Weights) { w.Evidence = [4]int{75, 75, 75, 75} }),
			mason.canWith(matching.Certified, "lay bricks"), mason.can("lay bricks"),
		},
		"recency": {
			flat(func(w *matching.Weights) { w.Recency = [3]int{100, 100, 100} }),
			aPerson().was("mason", 60).can("lay bricks", "mix mortar", "read plans", "build scaffolding"),
			aPerson().wasThen("mason", 60, matching.LongAgo).can("lay bricks", "mix mortar", "read plans", "build scaffolding"),
		},
		"inference": {
			flat(func(w *matching.Weights) { w.Practice = [3]int{} }),
			aPerson().was("blockmaker", 60).can("lay bricks"), aPerson().was("cook", 60).can("lay bricks"),
		},
		"duration": {
			flat(func(w *matching.Weights) { w.Duration = [3][4]int{{100, 100, 100, 100}} }),
			mason, aPerson().was("mason", 13),
		},
	} {
		t.Run(name, func(t *testing.T) {
			lead := func(w matching.Weights) int {
				first, _ := matching.Score(c.first.Profile, masonry(), today, w)
				second, _ := matching.Score(c.second.Profile, masonry(), today, w)
				return first - second
			}
			if got := lead(matching.DefaultWeights()); got <= 0 {
				t.Errorf("the right one leads by %d", got)
			}
			if got := lead(c.without); got > 0 {
				t.Errorf("without %s it still leads by %d: the case shows nothing", name, got)
			}
		})
	}
}

func TestRecencyOf(t *testing.T) {
	const unknown = -1
	for name, c := range map[string]struct {
		ended int
		first bool
		want  matching.Recency
	}{
		"goes on":                             {0, false, matching.Lately},
		"ended this year":                     {2026, false, matching.Lately},
		"ended five years ago":                {2021, false, matching.Lately},
		"ended six years ago":                 {2020, true, matching.Earlier},
		"ended fifteen years ago":             {2011, false, matching.Earlier},
		"ended sixteen years ago":             {2010, true, matching.LongAgo},
		"nobody knows when, named first":      {unknown, true, matching.Lately},
		"nobody knows when, named afterwards": {unknown, false, matching.Earlier},
	} {
		t.Run(name, func(t *testing.T) {
			if got := matching.RecencyOf(c.ended, 2026, c.first); got != c.want {
				t.Errorf("got %s", got)
			}
		})
	}
}
