package profile

import (
	"fmt"
	"slices"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/domain/taxonomy"
	"github.com/baara-platform/baara/web/ui"
)

// period is an answer to "for how long?" with the months it counts for.
type period struct {
	code   string
	months int
}

// periods lists the answers; each counts for its lower half, so that nobody is promised more than they have done.
func periods() []period {
	return []period{{"never", 0}, {"year0", 6}, {"year1", 18}, {"year3", 42}, {"year5", 72}, {"year10", 120}}
}

// periodOf gives the answer that a number of months is nearest to from above.
func periodOf(months int) string {
	code := ""
	for _, p := range periods() {
		if months >= p.months {
			code = p.code
		}
	}
	return code
}

func workKinds() []person.WorkKind {
	return []person.WorkKind{person.Waged, person.SelfEmployed, person.FamilyWorker, person.Trainee, person.UnseenWork}
}

// Experience asks, for each trade, how long somebody has done it and how.
func Experience() Question {
	return Question{
		Name: "experience",
		Fill: func(a *Asked) error {
			for i, w := range a.Answers.Wishes {
				if e, ok := a.done(w); ok {
					a.Form.Set(tradeField(i, "months"), periodOf(e.Months))
					a.Form.Set(tradeField(i, "kind"), string(e.Kind))
				}
			}
			return nil
		},
		Read: readExperience,
		View: func(a *Asked) (any, error) {
			names, err := TradeNames(a.Context, a.Kit, a.Answers.Wishes)
			if err != nil {
				return nil, err
			}
			v := experienceView{}
			for i, name := range names {
				v.Trades = append(v.Trades, tradeView{Name: name, Months: tradeField(i, "months"), Kind: tradeField(i, "kind")})
			}
			for _, p := range periods() {
				v.Periods = append(v.Periods, ui.Option{Value: p.code, Label: a.T("public.ask.period." + p.code)})
			}
			for _, k := range workKinds() {
				v.Kinds = append(v.Kinds, ui.Option{Value: string(k), Label: a.T("reference.work_kind." + string(k))})
			}
			return v, nil
		},
		Due: func(a *Asked) (bool, error) { return len(a.Answers.Wishes) > 0, nil },
	}
}

type experienceView struct {
	Trades         []tradeView
	Periods, Kinds []ui.Option
}

type tradeView struct{ Name, Months, Kind string }

func tradeField(i int, part string) string { return fmt.Sprintf("trades.%d.%s", i, part) }

// done finds the experience that belongs to a trade.
func (a *Asked) done(w person.Wish) (person.Experience, bool) {
	i := slices.IndexFunc(a.Answers.Experience, func(e person.Experience) bool { return e.Title == w.Words })
	if i < 0 {
		return person.Experience{}, false
	}
	return a.Answers.Experience[i], true
}

func readExperience(a *Asked) error {
	ids := make([]domain.ID, 0, len(a.Answers.Wishes))
	for _, w := range a.Answers.Wishes {
		ids = append(ids, w.OccupationID)
	}
	concepts, err := a.concepts(ids)
	if err != nil {
		return err
	}
	out := slices.DeleteFunc(slices.Clone(a.Answers.Experience), func(e person.Experience) bool {
		return slices.ContainsFunc(a.Answers.Wishes, func(w person.Wish) bool { return w.Words == e.Title })
	})
	for i, w := range a.Answers.Wishes {
		field := tradeField(i, "months")
		code := a.Form.Choice(field, periodCodes()...)
		kind := person.WorkKind(a.Form.Choice(tradeField(i, "kind"), workKindCodes()...))
		a.Form.Require("error.required", field)
		months := 0
		for _, p := range periods() {
			if p.code == code {
				months = p.months
			}
		}
		if months == 0 {
			continue
		}
		e, known := a.done(w)
		if !known || periodOf(e.Months) != code {
			e.Months = months
		}
		e.Title, e.Kind = w.Words, kind
		e.OccupationID, e.LinkScore, e.ISCO = w.OccupationID, w.LinkScore, concepts[w.OccupationID].ISCO
		out = append(out, e)
	}
	if !a.Form.Failed() {
		a.Answers.Experience = out
	}
	return nil
}

func periodCodes() []string {
	var out []string
	for _, p := range periods() {
		out = append(out, p.code)
	}
	return out
}

func workKindCodes() []string {
	var out []string
	for _, k := range workKinds() {
		out = append(out, string(k))
	}
	return out
}

func (a *Asked) concepts(ids []domain.ID) (map[domain.ID]taxonomy.Concept, error) {
	return namesOf(a.Context.Context(), a.Actor, a.Kit.Concepts, ids)
}
