package store

import (
	"context"

	"gorm.io/gorm"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/placement"
)

// employerName is what a vacancy's employer is called in lists.
const employerName = `coalesce(nullif(v.client_name, ''), nullif(o.trade_name, ''), o.legal_name, '')`

// named are the words of the vacancy a list shows beside an application or a
// placement. The person's come in a second query, see namesOf.
type named struct {
	VacancyTitle     string
	VacancyReference string
	EmployerName     string
}

const namedColumns = `coalesce(v.title, '') AS vacancy_title, coalesce(v.reference, '') AS vacancy_reference,
	` + employerName + ` AS employer_name`

type applicationListRow struct {
	Row   applicationRow `gorm:"embedded"`
	Words named          `gorm:"embedded"`
}

func (r applicationListRow) toRow(o *opening) placement.ApplicationRow {
	return placement.ApplicationRow{
		Application: r.Row.toDomain(o), VacancyTitle: r.Words.VacancyTitle, VacancyReference: r.Words.VacancyReference,
		EmployerName: r.Words.EmployerName,
	}
}

// Applications lists the newest first, with two queries for any page.
func (Applications) Applications(ctx context.Context, t domain.Tx, q placement.ApplicationQuery) (domain.Listing[placement.ApplicationRow], error) {
	condition, args := scope(q.Actor, q.Relations, applicationColumns())
	g := applications(on(ctx, t)).Where(condition, args...).
		Select(applicationStanding + ", " + namedColumns)
	g = filteredBy(g, "a", q.PersonID, q.VacancyID, q.States)
	if q.Mine {
		g = g.Where("c.owner_id = ? OR a.proposed_by = ?", nullID(q.Actor.UserID), nullID(q.Actor.UserID))
	}
	if q.Chased {
		g = g.Where("a.chased_at >= a.state_since AND a.state IN ?", placement.WithEmployer())
	}
	g, err := page(g, "a.id", q.Cursor)
	if err != nil {
		return domain.Listing[placement.ApplicationRow]{}, err
	}
	var rows []applicationListRow
	if err := g.Find(&rows).Error; err != nil {
		return domain.Listing[placement.ApplicationRow]{}, fault("store.Applications", err)
	}
	o, err := openAll(ctx, t, rows, func(r applicationListRow) domain.ID { return r.Row.subject() })
	if err != nil {
		return domain.Listing[placement.ApplicationRow]{}, err
	}
	out := listing(rows, q.Cursor, func(r applicationListRow) placement.ApplicationRow { return r.toRow(o) }, func(r applicationListRow) string { return r.Row.ID })
	ids := make([]string, len(out.Items))
	for i, item := range out.Items {
		ids[i] = string(item.Application.PersonID)
	}
	if o.err != nil {
		return out, o.err
	}
	names, err := namesOf(ctx, t, ids)
	for i := range out.Items {
		n := names[ids[i]]
		out.Items[i].PersonReference, out.Items[i].Given, out.Items[i].Family = n.Reference, n.GivenNames, n.FamilyName
	}
	return out, err
}

// filteredBy narrows a list of applications or placements.
func filteredBy(g *gorm.DB, table string, person, vacancy domain.ID, states []domain.State) *gorm.DB {
	if person != "" {
		g = g.Where(table+".person_id = ?", string(person))
	}
	if vacancy != "" {
		g = g.Where(table+".vacancy_id = ?", string(vacancy))
	}
	if len(states) > 0 {
		g = g.Where(table+".state IN ?", states)
	}
	return g
}

// CandidatesOf implements placement.ApplicationStore: sent ones, and those the
// person agreed to and nobody has sent yet; none of an unverified employer.
func (Applications) CandidatesOf(ctx context.Context, t domain.Tx, vacancy domain.ID, cursor domain.Cursor) (domain.Listing[placement.Application], error) {
	g := applications(on(ctx, t)).Where("a.vacancy_id = ? AND o.verification = 'verified'", string(vacancy)).
		Where("a.sent_at IS NOT NULL OR a.state IN ?", []domain.State{placement.Consented, placement.Applied})
	g, err := page(g, "a.id", cursor)
	if err != nil {
		return domain.Listing[placement.Application]{}, err
	}
	var rows []applicationRow
	if err := g.Find(&rows).Error; err != nil {
		return domain.Listing[placement.Application]{}, fault("store.CandidatesOf", err)
	}
	o, err := openAll(ctx, t, rows, applicationRow.subject)
	if err != nil {
		return domain.Listing[placement.Application]{}, err
	}
	out := listing(rows, cursor, func(r applicationRow) placement.Application { return r.toDomain(o) }, func(r applicationRow) string { return r.ID })
	return out, o.err
}
