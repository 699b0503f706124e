package employer_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/employer"
)

// The life of a vacancy as the service describes it: state, what may be asked
// for, where it leads. "theirs" is the employer or the desk (counsellors and
// leads); "review" the desk or Baara itself. Everything not listed is refused.
const vacancyLife = `
draft         submit      submitted     submit
returned      submit      submitted     submit
draft         publish     published     desk
held          publish     published     desk
submitted     publish     published     review
submitted     return      returned      desk
held          return      returned      desk
submitted     hold        held          review
published     suspend     suspended     theirs
partly_filled suspend     suspended     theirs
published     stop        suspended     system
partly_filled stop        suspended     system
suspended     resume      -             theirs
published     fill_some   partly_filled theirs
partly_filled fill_some   partly_filled theirs
published     fill        filled        theirs
partly_filled fill        filled        theirs
partly_filled reopen_some partly_filled theirs
filled        reopen_some partly_filled theirs
partly_filled reopen      published     theirs
filled        reopen      published     theirs
filled        raise       partly_filled theirs
published     expire      expired       system
partly_filled expire      expired       system
suspended     expire      expired       system
expired       renew       published     theirs
expired       renew_some  partly_filled theirs
draft         withdraw    withdrawn     theirs
submitted     withdraw    withdrawn     theirs
published     withdraw    withdrawn     theirs
returned      withdraw    withdrawn     theirs
held          withdraw    withdrawn     theirs
suspended     withdraw    withdrawn     theirs
partly_filled withdraw    withdrawn     theirs
expired       withdraw    withdrawn     theirs
`

func TestEveryVacancyStateTransitionAndRole(t *testing.T) {
	who := map[string][]domain.Role{
		"desk":   {domain.RoleCounsellor, domain.RoleLead},
		"theirs": {domain.RoleCounsellor, domain.RoleLead, domain.RoleEmployer},
		"submit": {domain.RoleCounsellor, domain.RoleLead, domain.RoleEmployer, domain.RoleAPIClient},
		"review": {domain.RoleCounsellor, domain.RoleLead, domain.RoleSystem},
		"system": {domain.RoleSystem},
	}
	type ask struct{ state, name string }
	leads, may := map[ask]domain.State{}, map[ask]map[domain.Role]bool{}
	for _, line := range strings.Split(strings.TrimSpace(vacancyLife), "\n") {
		var a ask
		var to, group string
		if _, err := fmt.Sscan(line, &a.state, &a.name, &to, &group); err != nil {
			t.Fatal(err)
		}
		leads[a], may[a] = domain.State(strings.TrimPrefix(to, "-")), map[domain.Role]bool{}
		for _, r := range who[group] {
			may[a][r] = true
		}
	}
	states := strings.Fields("draft submitted published returned held suspended partly_filled filled expired withdrawn nowhere")
	names := strings.Fields("submit publish return hold suspend stop resume fill_some fill reopen_some reopen raise expire renew renew_some withdraw erase")
	given := map[string]string{domain.NeedReason: "said why"}
	for _, state := range states {
		for _, name := range names {
			for _, role := range domain.AllRoles() {
				a := ask{state, name}
				to, err := employer.Machine().Next(domain.State(state), name, role, given)
				want, exists := leads[a]
				switch {
				case !exists && domain.KindOf(err) != domain.KindConflict:
					t.Errorf("%s %s by %s: got %v, want a conflict", state, name, role, err)
				case exists && !may[a][role] && domain.KindOf(err) != domain.KindForbidden:
					t.Errorf("%s %s by %s: got %v, want forbidden", state, name, role, err)
				case exists && may[a][role] && (err != nil || to != want):
					t.Errorf("%s %s by %s: got %q %v, want %q", state, name, role, to, err, want)
				}
			}
		}
	}
}

func TestReturningAndHoldingNeedAReason(t *testing.T) {
	for _, name := range []string{"return", "hold"} {
		_, err := employer.Machine().Next(employer.Submitted, name, domain.RoleCounsellor, nil)
		if domain.KindOf(err) != domain.KindInvalid {
			t.Errorf("%s without a reason: got %v, want invalid", name, err)
		}
	}
}

func TestPostsAreFilledAndFreed(t *testing.T) {
	for name, c := range map[string]struct {
		state         domain.State
		posts, filled int
		free          bool
		want          domain.State
		wantFilled    int
		refused       domain.Kind
	}{
		"first of three":                 {employer.Published, 3, 0, false, employer.PartlyFilled, 1, ""},
		"second of three":                {employer.PartlyFilled, 3, 1, false, employer.PartlyFilled, 2, ""},
		"last of three":                  {employer.PartlyFilled, 3, 2, false, employer.Filled, 3, ""},
		"the only one":                   {employer.Published, 1, 0, false, employer.Filled, 1, ""},
		"none left":                      {employer.Filled, 1, 1, false, employer.Filled, 1, domain.KindConflict},
		"hidden":                         {employer.Suspended, 2, 0, false, employer.Suspended, 0, domain.KindConflict},
		"the only one did not come":      {employer.Filled, 1, 1, true, employer.Published, 0, ""},
		"one of three did not come":      {employer.Filled, 3, 3, true, employer.PartlyFilled, 2, ""},
		"the first of three did not":     {employer.PartlyFilled, 3, 1, true, employer.Published, 0, ""},
		"did not come, withdrawn since":  {employer.Withdrawn, 3, 1, true, employer.Withdrawn, 0, ""},
		"did not come, hidden meanwhile": {employer.Suspended, 3, 1, true, employer.Suspended, 0, ""},
		"nobody to free":                 {employer.Published, 3, 0, true, employer.Published, 0, domain.KindConflict},
	} {
		v := employer.Vacancy{State: c.state, Posts: c.posts, PostsFilled: c.filled}
		if c.state == employer.Suspended {
			v.SuspendedFrom = employer.PartlyFilled
		}
		act := v.FillPost
		if c.free {
			act = v.FreePost
		}
		_, err := act(domain.RoleCounsellor)
		if domain.KindOf(err) != c.refused || v.State != c.want || v.PostsFilled != c.wantFilled {
			t.Errorf("%s: %s with %d filled, %v; want %s with %d, %q", name, v.State, v.PostsFilled, err, c.want, c.wantFilled, c.refused)
		}
		if c.state == employer.Suspended && c.free && v.SuspendedFrom != employer.Published {
			t.Errorf("%s: would resume as %s, want published", name, v.SuspendedFrom)
		}
	}
}

func TestTextsThatMentionAFee(t *testing.T) {
	for words, want := range map[string]bool{
		"Frais de dossier : 15 000 F":                         true,
		"Prévoir des FRAIS D’INSCRIPTION":                     true,
		"Une caution est demandée":                            true,
		"À la charge du candidat : le visa":                   true,
		"Envoyez 5000 par Orange Money":                       true,
		"Application fee of 20 USD, refundable":               true,
		"The ticket is deducted from wages":                   true,
		"Aucun frais de dossier":                              true, // a counsellor reads it
		"Maçon coffreur, chantier de six mois":                false,
		"Frais de mission pris en charge par l’entreprise":    false,
		"Précautions d’hygiène, produits frais":               false,
		"Coffee shop in Bamako, good fees knowledge welcome":  false,
		"Dépôt central : manutention et inscription en ligne": false,
		"": false,
	} {
		if got := employer.MentionsFee("Vacancy", words); got != want {
			t.Errorf("%q: %v, want %v", words, got, want)
		}
	}
}

func TestTheWordsOfAFeeAreNamedOnce(t *testing.T) {
	v := employer.Vacancy{Title: "Chauffeur – caution", Description: "Une CAUTION, puis des frais de dossier par Orange Money."}
	if got := strings.Join(v.FeeWords(), ", "); got != "caution, frais de dossier, orange money" {
		t.Errorf("found %q", got)
	}
}
