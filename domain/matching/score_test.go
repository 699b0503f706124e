package matching_test

import (
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/matching"
)

// aVacancy is a mason's post in Kayes: three essential skills of 200 points each, one optional of 100.
func aVacancy() matching.Opening {
	return matching.Opening{
		ID: "o1", Places: []string{"KAY", "ML"}, ISCEDMin: 1, ExperienceMonths: 12, Languages: []string{"fr"}, Licences: []string{"B"},
		Occupation: "mason", ISCO: "7112", Neighbours: []domain.ID{"tiler"}, PostsLeft: 1,
		Skills: []matching.Need{
			{Concept: "lay bricks", Essential: true}, {Concept: "mix concrete", Essential: true},
			{Words: "Lecture de plans", Essential: true}, {Concept: "drive"},
		},
	}
}

// aMason meets every hard condition and has nothing that counts but the trade.
func aMason() matching.Profile {
	return matching.Profile{
		ID: "p1", Mobility: []string{"KAY"}, ISCED: 2, Languages: []string{"fr", "bm"}, Licences: []string{"B"},
		Experiences: []matching.Experience{{Occupation: "mason", ISCO: "7112", Months: 40}},
	}
}

func TestPoints(t *testing.T) {
	with := func(change func(*matching.Profile)) matching.Profile {
		p := aMason()
		change(&p)
		return p
	}
	held := func(e ...matching.Experience) matching.Profile {
		return with(func(p *matching.Profile) { p.Experiences = e })
	}
	skilled := func(s ...matching.Skill) matching.Profile { return with(func(p *matching.Profile) { p.Skills = s }) }
	andBricks := func(e ...matching.Experience) matching.Profile {
		return with(func(p *matching.Profile) { p.Experiences, p.Skills = e, []matching.Skill{{Concept: "lay bricks"}} })
	}
	wishing := func(p matching.Profile) matching.Profile {
		p.Experiences, p.Wishes = nil, []matching.Wish{{Occupation: "mason"}}
		return p
	}
	practised := func(months int, r matching.Recency) matching.Experience {
		return matching.Experience{Occupation: "mason", Months: months, Recency: r, Skills: []domain.ID{"lay bricks", "whistle"}}
	}
	for name, c := range map[string]struct {
		profile matching.Profile
		want    int
	}{
		"same occupation, three years":       {aMason(), 300},
		"same occupation, two years":         {held(matching.Experience{Occupation: "mason", Months: 24}), 270},
		"same occupation, some months":       {held(matching.Experience{Occupation: "mason", Months: 11}), 225},
		"same occupation, months not said":   {held(matching.Experience{Occupation: "mason"}), 270},
		"same occupation, earlier":           {held(matching.Experience{Occupation: "mason", Months: 40, Recency: matching.Earlier}), 135},
		"same occupation, long ago":          {held(matching.Experience{Occupation: "mason", Months: 40, Recency: matching.LongAgo}), 75},
		"months of one occupation add up":    {held(matching.Experience{Occupation: "mason", Months: 20}, matching.Experience{Occupation: "mason", Months: 20}), 300},
		"the latest time in it counts":       {held(matching.Experience{Occupation: "mason", Months: 20, Recency: matching.LongAgo}, matching.Experience{Occupation: "mason", Months: 20}), 300},
		"unit group, nothing nearer known":   {held(matching.Experience{ISCO: "7112", Months: 40}), 225},
		"another occupation of the group":    {held(matching.Experience{Occupation: "stone mason", ISCO: "7112", Months: 40}), 135},
		"neighbouring occupation":            {held(matching.Experience{Occupation: "tiler", ISCO: "7122", Months: 40}), 105},
		"minor group, beside a skill":        {andBricks(matching.Experience{ISCO: "7115", Months: 40}), 75 + 150},
		"sub-major group, beside a skill":    {andBricks(matching.Experience{ISCO: "7126", Months: 40}), 24 + 150},
		"minor group alone":                  {held(matching.Experience{ISCO: "7115", Months: 40}), 0},
		"sub-major group alone":              {held(matching.Experience{ISCO: "7126", Months: 40}), 0},
		"another trade":                      {held(matching.Experience{Occupation: "cook", ISCO: "5120", Months: 40}), 0},
		"only wished":                        {wishing(aMason()), 0},
		"wished, beside a skill":             {wishing(andBricks()), 45 + 150},
		"the closest occupation counts once": {held(matching.Experience{Occupation: "tiler", Months: 40}, matching.Experience{Occupation: "mason", Months: 40}), 300},
		"declared skill":                     {skilled(matching.Skill{Concept: "lay bricks"}), 300 + 150},
		"documented skill":                   {skilled(matching.Skill{Concept: "lay bricks", Evidence: matching.Documented}), 300 + 170},
		"assessed skill":                     {skilled(matching.Skill{Concept: "lay bricks", Evidence: matching.Assessed}), 300 + 190},
		"certified skill":                    {skilled(matching.Skill{Concept: "lay bricks", Evidence: matching.Certified}), 300 + 200},
		"skill of the work done":             {held(practised(40, matching.Lately)), 300 + 60},
		"skill of work of a few months":      {held(practised(5, matching.Lately)), 225 + 24},
		"skill of work done earlier":         {held(practised(40, matching.Earlier)), 135 + 24},
		"skill of work done long ago":        {held(practised(40, matching.LongAgo)), 75},
		"said counts, not guessed again":     {andBricks(practised(40, matching.Lately)), 300 + 150},
		"the best evidence counts":           {skilled(matching.Skill{Concept: "lay bricks", Evidence: matching.Certified}, matching.Skill{Concept: "lay bricks"}), 300 + 200},
		"optional skill":                     {skilled(matching.Skill{Concept: "drive", Evidence: matching.Certified}), 300 + 100},
		"words of another number":            {skilled(matching.Skill{Words: "lectures de plan", Evidence: matching.Certified}), 300 + 200},
		"a skill nobody asked for":           {skilled(matching.Skill{Concept: "sing"}), 300},
		"everything certified": {skilled(
			matching.Skill{Concept: "lay bricks", Evidence: matching.Certified}, matching.Skill{Concept: "mix concrete", Evidence: matching.Certified},
			matching.Skill{Words: "lecture de plans", Evidence: matching.Certified}, matching.Skill{Concept: "drive", Evidence: matching.Certified}), 1000},
	} {
		t.Run(name, func(t *testing.T) {
			if got, _ := matching.Score(c.profile, aVacancy(), today, matching.DefaultWeights()); got != c.want {
				t.Errorf("got %d points, want %d", got, c.want)
			}
		})
	}
}

func TestGenderOfSkillWordsDoesNotCount(t *testing.T) {
	o := matching.Opening{PostsLeft: 1, Skills: []matching.Need{{Words: "coordonnateur d'équipe", Essential: true}}}
	she := matching.Profile{Skills: []matching.Skill{{Words: "Coordonnatrice d’équipes"}}}
	he := matching.Profile{Skills: []matching.Skill{{Words: "coordonnateur d'équipe"}}}
	hers, herWhy := matching.Score(she, o, today, matching.DefaultWeights())
	his, hisWhy := matching.Score(he, o, today, matching.DefaultWeights())
	if hers != his || hers == 0 || !reflect.DeepEqual(herWhy, hisWhy) {
		t.Errorf("she %d, he %d", hers, his)
	}
	if !reflect.DeepEqual(matching.ProfileTerms(she), matching.ProfileTerms(he)) {
		t.Error("the index would tell them apart")
	}
}

// TestScoreFollowsFromItsExplanation recomputes the points from what the explanation says and the weights, without the code that
// made them.
func TestScoreFollowsFromItsExplanation(t *testing.T) {
	w := matching.DefaultWeights()
	rapid.Check(t, func(t *rapid.T) {
		p, o := profiles().Draw(t, "profile"), openings().Draw(t, "opening")
		got, why := matching.Score(p, o, today, w)
		parts := map[matching.Rarity]int{matching.Common: 2, matching.Usual: 3, matching.Rare: 4}
		whole := map[bool]int{}
		for _, s := range why.Skills {
			whole[s.Essential] += parts[s.Rarity]
		}
		budget := map[bool]int{true: w.Essential, false: w.Optional}
		want := 0
		for _, s := range why.Skills {
			part := budget[s.Essential] / roundedUp(float64(whole[s.Essential])/float64(parts[s.Rarity]))
			switch {
			case s.Met:
				want += part * w.Evidence[s.Evidence] / 100
			case s.Practice != matching.Unpractised:
				want += part * w.Practice[s.Practice] / 100
			}
		}
		switch o := why.Occupation; o.Relation {
		case matching.Unrelated:
		case matching.Wished:
			want += w.Occupation * w.Relation[matching.Wished] / 100
		default:
			want += w.Occupation * w.Relation[o.Relation] * w.Recency[o.Recency] * w.Duration[o.Asks][o.Duration] / 1_000_000
		}
		if got != want {
			t.Fatalf("score %d, explanation says %d", got, want)
		}
	})
}

// roundedUp writes the documented divisors out by hand.
func roundedUp(n float64) int {
	for _, s := range []int{1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 16, 20, 24, 32, 40} {
		if n <= float64(s) {
			return s
		}
	}
	return 40
}

// TestExplanationIsAnAllowList fails when somebody adds a field: think of what it reveals, then add it here.
func TestExplanationIsAnAllowList(t *testing.T) {
	allowed := []string{
		"Explanation.Conditions", "Explanation.Skills", "Explanation.Occupation",
		"ConditionResult.Condition", "ConditionResult.Met",
		"SkillResult.Concept", "SkillResult.Words", "SkillResult.Essential", "SkillResult.Rarity", "SkillResult.Met", "SkillResult.Evidence",
		"SkillResult.Practice", "SkillResult.From", "SkillResult.Points", "SkillResult.Of",
		"OccupationResult.Relation", "OccupationResult.Occupation", "OccupationResult.ISCO", "OccupationResult.Recency", "OccupationResult.Duration", "OccupationResult.Asks", "OccupationResult.Points", "OccupationResult.Of",
	}
	var found []string
	for _, v := range []any{matching.Explanation{}, matching.ConditionResult{}, matching.SkillResult{}, matching.OccupationResult{}} {
		typ := reflect.TypeOf(v)
		for i := range typ.NumField() {
			found = append(found, typ.Name()+"."+typ.Field(i).Name)
		}
	}
	if !slices.Equal(found, allowed) {
		t.Errorf("fields are %q", found)
	}
}

func TestWordsInAnExplanationAreTheVacancysOwn(t *testing.T) {
	o := matching.Opening{PostsLeft: 1, Skills: []matching.Need{{Words: "Soudeuse expérimentée", Essential: true}}}
	_, why := matching.Score(matching.Profile{Skills: []matching.Skill{{Words: "soudeur expérimenté"}}}, o, today, matching.DefaultWeights())
	if got := why.Skills[0].Words; got != "soudeur experimente" {
		t.Errorf("got %q", got)
	}
}
