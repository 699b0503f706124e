package employer

import (
	"context"
	"reflect"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
	"github.com/baara-platform/baara/domain/taxonomy"
)

// Imported is a vacancy of another system, or an invented one. Its links are
// the importer's: it knows the concepts' addresses.
type Imported struct {
	ExternalID   string // the other system's id
	AgencyID     domain.ID
	Employer     domain.ID // an organisation, where there is one
	Source       Source    // SourceImport or SourceSeed
	SourceDetail string    // where the employer's declarations were collected
	Demo         bool
	Fields       VacancyFields
	PublishedAt  time.Time // when it was first public; zero: with the import
	LinkScore    int       // of Fields.OccupationID
	SkillScore   []int     // of Fields.Skills, by position
}

// ImportReport counts what a batch did.
type ImportReport struct{ Added, Changed, Same int }

// CheckImported says by field what is wrong with a row; the importer reports it
// with its line.
func (s *Vacancies) CheckImported(in Imported) error {
	var bad domain.Fields
	bad.Check(in.ExternalID != "", "id", "error.required")
	bad.Check(in.Source == SourceImport || in.Source == SourceSeed, "source", "error.choice")
	in.Fields.tidied().check(&bad, s.d.Places)
	return bad.Err("employer.CheckImported")
}

// Import writes a batch of checked rows of one source in one transaction:
// Baara's own act. A row that is known by its external id changes its vacancy
// and keeps the vacancy's state and posts filled; a row that says the same
// again changes nothing. A public one whose text mentions a fee from now on is
// hidden until a counsellor read it. New vacancies that are declared free of fees are
// public, those whose text mentions one all the same are held for a
// counsellor, and others stay drafts.
func (s *Vacancies) Import(ctx context.Context, actor domain.Actor, source string, rows []Imported) (ImportReport, error) {
	var report ImportReport
	err := s.d.Tx.InTx(ctx, actor, func(tx domain.Tx) error {
		if err := s.d.Policy.Authorise(tx, actor, access.VacancyImport, access.Facts{}); err != nil {
			return err
		}
		known, err := s.d.Vacancies.VacanciesByExternal(ctx, tx, source, externalIDs(rows))
		if err != nil {
			return err
		}
		var added []Vacancy
		for _, row := range rows {
			old, found := known[row.ExternalID]
			if !found {
				v := s.imported(source, row)
				added, known[row.ExternalID] = append(added, v), v
				continue
			}
			v := old
			v.take(row)
			v.Posts = max(v.Posts, v.PostsFilled)
			if reflect.DeepEqual(v, old) {
				report.Same++
				continue
			}
			if v.Public() && v.mentionsFee() && !old.mentionsFee() { // it was read without those words
				_, err = s.stopIn(ctx, tx, v, HeldFee)
			} else {
				v.UpdatedAt = s.d.Clock.Now()
				err = s.d.Vacancies.SaveVacancy(ctx, tx, v)
			}
			if err != nil {
				return err
			}
			report.Changed++
		}
		report.Added = len(added)
		return s.insertImported(ctx, tx, added)
	})
	if err != nil {
		return ImportReport{}, err
	}
	return report, nil
}

func externalIDs(rows []Imported) []string {
	out := make([]string, len(rows))
	for i, row := range rows {
		out[i] = row.ExternalID
	}
	return out
}

// imported makes a new vacancy of a row, without its reference.
func (s *Vacancies) imported(source string, row Imported) Vacancy {
	now := s.d.Clock.Now()
	from := row.PublishedAt
	if from.IsZero() {
		from = now
	}
	v := Vacancy{
		ID: s.d.IDs.New(), ExternalSource: source, ExternalID: row.ExternalID, State: Draft,
		CreatedAt: from, UpdatedAt: now, Version: 1,
	}
	v.take(row)
	switch {
	case !v.FeeFree:
	case v.mentionsFee():
		v.State, v.Reason = Held, HeldFee
	default:
		v.State, v.PublishedAt, v.ConfirmedAt = Published, from, from
	}
	return v
}

// take puts what a row says on the vacancy.
func (v *Vacancy) take(row Imported) {
	in := row.Fields.tidied()
	v.apply(in, guesses{skills: make([]taxonomy.Guess, len(in.Skills))}, nil)
	v.ISCO, v.LinkScore = in.ISCO, row.LinkScore
	for i := range v.Skills {
		if i < len(row.SkillScore) && v.Skills[i].ConceptID != "" {
			v.Skills[i].LinkScore = row.SkillScore[i]
		}
	}
	v.OrganisationID, v.AgencyID, v.Demo = row.Employer, row.AgencyID, row.Demo
	v.Source, v.SourceDetail = row.Source, row.SourceDetail
}

func (s *Vacancies) insertImported(ctx context.Context, tx domain.Tx, added []Vacancy) error {
	if len(added) == 0 {
		return nil
	}
	numbers, err := s.d.Vacancies.VacancyNumbers(ctx, tx, len(added))
	if err != nil {
		return err
	}
	for i := range added {
		added[i].Reference = vacancyReference(added[i].CreatedAt, numbers[i])
	}
	return s.d.Vacancies.InsertVacancies(ctx, tx, added)
}
