package demo

import (
	"fmt"
	"slices"
	"strings"

	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/domain/text"
)

// perSection is for how many vacancies there is one employer a section.
const perSection = 64

// Organisations is how many employers there are: some in every section, the
// more the more vacancies.
func (g *Generator) Organisations() int {
	return len(g.employers) * (1 + g.Vacancies/perSection)
}

// employerOf picks an employer of the trade's section.
func (g *Generator) employerOf(d dice, t trade) int {
	section := max(0, slices.IndexFunc(g.employers, func(e trader) bool { return e.isic == t.isic }))
	return section + len(g.employers)*d.IntN(1+g.Vacancies/perSection)
}

// ownWords make the names of firms: virtues and places.
var ownWords = [...]string{
	"Djiguiya", "Sahel", "Niéta", "Benkadi", "Jigi", "Faso", "Mandé", "Wassa", "Baobab", "Joliba", "Kanaga", "Sigui", "Hèrè",
	"Danaya", "Sabali", "Yiriwa", "Nyèsigi", "Lafia", "Karité", "Teriya",
}

// Organisation invents the nth employer, from 0, without an agency.
func (g *Generator) Organisation(n int) employer.ImportedOrganisation {
	d := newDice(g.Seed, ofOrganisation, n)
	what := g.employers[n%len(g.employers)]
	home := weighted(d, g.regions, func(r region) int {
		if r.code == "BKO" {
			return 3 * r.weight
		}
		return r.weight
	})
	contact := pick(d, g.names[pick(d, []string{"woman", "man"})]) + " " + pick(d, g.names["family"])
	f := employer.OrganisationFields{
		Kind: employer.OrganisationKind(what.kind), ISIC: what.isic, PlaceCode: g.place(d, home.code), ContactName: contact,
		Size: choose(d, one[string]{40, "2-9"}, one[string]{36, "10-49"}, one[string]{18, "50-249"}, one[string]{6, "250+"}),
		// Beyond the numbers of people, so that no two are the same.
		Phone: g.phone(900_000 + n),
	}
	own := pick(d, ownWords[:])
	f.LegalName = pick(d, what.heads) + " " + own
	switch f.Kind {
	case employer.KindHousehold:
		f.LegalName, f.Size = pick(d, what.heads)+" "+pick(d, g.names["family"]), "1"
	case employer.KindCompany:
		f.LegalName += pick(d, []string{" SARL", " SA", " SUARL", ""})
		f.RCCM = fmt.Sprintf("MA.DEMO.2019.B.%04d", n)
		f.NIF = fmt.Sprintf("DEMO%05d", n)
	}
	f.Email = fmt.Sprintf("%s.%d@demo.invalid", strings.ReplaceAll(text.Fold(own), " ", ""), n)
	f.Address = pick(d, g.names["quarter"])
	return employer.ImportedOrganisation{ExternalID: g.externalID("o", n), Demo: true, Fields: f}
}

// OrganisationRows invents the employers of those numbers.
func (g *Generator) OrganisationRows(numbers []int) []employer.ImportedOrganisation {
	out := make([]employer.ImportedOrganisation, len(numbers))
	for i, n := range numbers {
		out[i] = g.Organisation(n)
	}
	return out
}
