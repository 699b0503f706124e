package store

import (
	"context"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/watch"
)

// Complaints implements watch.ComplaintStore and employer.Complaints.
type Complaints struct{}

// Complaints keeps what people say against vacancies.
func (d *DB) Complaints() Complaints { return Complaints{} }

type complaintRow struct {
	ID             string
	VacancyID      string
	OrganisationID *string
	AgencyID       string
	PersonID       *string
	SubjectID      string  // whose key closes the words: the person's who made it, or its own
	MadeBy         *string // nobody once the account was erased
	Kind           string
	Call           bool
	State          string
	Stops          bool
	SealedWords    sealed // what was said against the vacancy
	SealedReason   sealed // how it was decided, under a key of its own: it stays when the person is erased
	DecidedBy      *string
	DecidedAt      *time.Time
	CreatedAt      time.Time
	UpdatedAt      time.Time `gorm:"autoUpdateTime:false"`
	Version        int
}

func (complaintRow) TableName() string { return "complaints" }

const (
	complaintWords  = "complaints.sealed_words"
	complaintReason = "complaints.sealed_reason"
)

// complaintSubject is whose key closes a complaint: the person's who made it,
// or, where nobody registered did, a key of its own.
func complaintSubject(id, person domain.ID) domain.ID {
	if person.IsZero() {
		return id
	}
	return person
}

// keysOfComplaints reads the keys of what was said and of what was decided.
func keysOfComplaints(ctx context.Context, t domain.Tx, rows ...complaintRow) (*opening, error) {
	subjects := subjectsOf(rows, func(r complaintRow) domain.ID { return domain.ID(r.SubjectID) })
	return inside(ctx, t)(append(subjects, subjectsOf(rows, func(r complaintRow) domain.ID {
		if r.SealedReason == nil {
			return ""
		}
		return domain.ID(r.ID)
	})...))
}

func complaintToRow(ctx context.Context, t domain.Tx, c watch.Complaint) (complaintRow, error) {
	var words, reason sealed
	var err error
	if c.Words != "" {
		words, err = sealRecord(ctx, t, "complaint words", c.ID, complaintSubject(c.ID, c.PersonID), complaintWords, c.Words)
	}
	if err == nil && c.Reason != "" {
		reason, err = sealOne(ctx, t, c.ID, complaintReason, c.Reason)
	}
	return complaintRow{
		ID: string(c.ID), VacancyID: string(c.VacancyID), OrganisationID: nullID(c.OrganisationID), AgencyID: string(c.AgencyID),
		PersonID: nullID(c.PersonID), SubjectID: string(complaintSubject(c.ID, c.PersonID)), MadeBy: nullID(c.MadeBy), Kind: string(c.Kind), SealedWords: words, SealedReason: reason, Call: c.Call, State: string(c.State),
		Stops: c.Stops, DecidedBy: nullID(c.DecidedBy), DecidedAt: nullTime(c.DecidedAt), CreatedAt: c.CreatedAt,
		UpdatedAt: c.UpdatedAt, Version: c.Version,
	}, err
}

func (r complaintRow) toDomain(o *opening) watch.Complaint {
	return watch.Complaint{
		ID: domain.ID(r.ID), VacancyID: domain.ID(r.VacancyID), OrganisationID: idOf(r.OrganisationID), AgencyID: domain.ID(r.AgencyID),
		PersonID: idOf(r.PersonID), MadeBy: idOf(r.MadeBy), Kind: watch.Kind(r.Kind), Words: o.text(domain.ID(r.SubjectID), complaintWords, r.SealedWords), Call: r.Call,
		State: domain.State(r.State), Stops: r.Stops, Reason: o.text(domain.ID(r.ID), complaintReason, r.SealedReason), DecidedBy: idOf(r.DecidedBy), DecidedAt: timeOf(r.DecidedAt),
		CreatedAt: r.CreatedAt.UTC(), UpdatedAt: r.UpdatedAt.UTC(), Version: r.Version,
	}
}

// Insert implements watch.ComplaintStore.
func (Complaints) Insert(ctx context.Context, t domain.Tx, c watch.Complaint) error {
	row, err := complaintToRow(ctx, t, c)
	if err != nil {
		return err
	}
	return fault("store.InsertComplaint", on(ctx, t).Create(&row).Error)
}

// Save implements watch.ComplaintStore.
func (Complaints) Save(ctx context.Context, t domain.Tx, c watch.Complaint) error {
	row, err := complaintToRow(ctx, t, c)
	if err != nil {
		return err
	}
	row.Version++
	return touched("store.SaveComplaint", on(ctx, t).
		Select("Kind", "SealedWords", "SealedReason", "Call", "State", "Stops", "DecidedBy", "DecidedAt", "UpdatedAt", "Version").
		Where("id = ? AND version = ?", row.ID, c.Version).Updates(&row))
}

// Complaint implements watch.ComplaintStore.
func (Complaints) Complaint(ctx context.Context, t domain.Tx, id domain.ID) (watch.Complaint, error) {
	return oneComplaint(ctx, t, "store.Complaint", on(ctx, t).Where("id = ?", string(id)))
}

// ForUpdate implements watch.ComplaintStore.
func (Complaints) ForUpdate(ctx context.Context, t domain.Tx, id domain.ID) (watch.Complaint, error) {
	return oneComplaint(ctx, t, "store.ComplaintForUpdate", on(ctx, t).Clauses(clause.Locking{Strength: "UPDATE"}).Where("id = ?", string(id)))
}

// Of implements watch.ComplaintStore.
func (Complaints) Of(ctx context.Context, t domain.Tx, vacancy, person domain.ID) (watch.Complaint, error) {
	return oneComplaint(ctx, t, "store.ComplaintOf", on(ctx, t).Clauses(clause.Locking{Strength: "UPDATE"}).
		Where("vacancy_id = ? AND person_id = ?", string(vacancy), nullID(person)))
}

func oneComplaint(ctx context.Context, t domain.Tx, op string, g *gorm.DB) (watch.Complaint, error) {
	var row complaintRow
	if err := g.Take(&row).Error; err != nil {
		return watch.Complaint{}, fault(op, err)
	}
	o, err := keysOfComplaints(ctx, t, row)
	if err != nil {
		return watch.Complaint{}, err
	}
	return row.toDomain(o), o.err
}

// MadeSince implements watch.ComplaintStore.
func (Complaints) MadeSince(ctx context.Context, t domain.Tx, account domain.ID, since time.Time) (int, error) {
	const op = "store.MadeSince"
	if err := on(ctx, t).Exec(`SELECT pg_advisory_xact_lock(hashtextextended('complaints ' || ?, 0))`, string(account)).Error; err != nil {
		return 0, fault(op, err)
	}
	var n int64
	err := on(ctx, t).Table("complaint_history").Where("actor_id = ? AND at >= ?", string(account), since).Count(&n).Error
	return int(n), fault(op, err)
}

// Concerned implements watch.ComplaintStore.
func (Complaints) Concerned(ctx context.Context, t domain.Tx, vacancy, person domain.ID) (bool, error) {
	var known bool
	err := on(ctx, t).Raw(`SELECT EXISTS (SELECT 1 FROM applications a WHERE a.vacancy_id = ? AND a.person_id = ?)
		OR EXISTS (SELECT 1 FROM complaints c WHERE c.vacancy_id = ? AND c.person_id = ?)`,
		string(vacancy), nullID(person), string(vacancy), nullID(person)).Scan(&known).Error
	return known, fault("store.Concerned", err)
}

// Complained implements employer.Complaints. Whoever asks learns no more.
func (Complaints) Complained(ctx context.Context, t domain.Tx, vacancy domain.ID) (bool, error) {
	var held bool
	err := on(ctx, t).Raw(`SELECT rls.complained(?)`, string(vacancy)).Scan(&held).Error
	return held, fault("store.Complained", err)
}

type complaintListRow struct {
	Row   complaintRow `gorm:"embedded"`
	Words named        `gorm:"embedded"`
}

func (r complaintListRow) toRow(o *opening) watch.Row {
	return watch.Row{
		Complaint: r.Row.toDomain(o), VacancyTitle: r.Words.VacancyTitle, VacancyReference: r.Words.VacancyReference, EmployerName: r.Words.EmployerName,
	}
}

func complaints(g *gorm.DB) *gorm.DB {
	return g.Table("complaints x").Select("x.*, " + namedColumns).
		Joins(`JOIN vacancies v ON v.id = x.vacancy_id LEFT JOIN employer_names o ON o.id = v.organisation_id`)
}

// Row implements watch.ComplaintStore.
func (Complaints) Row(ctx context.Context, t domain.Tx, id domain.ID) (watch.Row, error) {
	const op = "store.ComplaintRow"
	var row complaintListRow
	if err := complaints(on(ctx, t)).Where("x.id = ?", string(id)).Take(&row).Error; err != nil {
		return watch.Row{}, fault(op, err)
	}
	o, err := keysOfComplaints(ctx, t, row.Row)
	if err != nil {
		return watch.Row{}, err
	}
	out := []watch.Row{row.toRow(o)}
	if o.err != nil {
		return watch.Row{}, o.err
	}
	err = nameComplainers(ctx, t, out)
	return out[0], err
}

// List implements watch.ComplaintStore.
func (Complaints) List(ctx context.Context, t domain.Tx, q watch.Query) (domain.Listing[watch.Row], error) {
	var none domain.Listing[watch.Row]
	condition, args := scope(q.Actor, q.Relations, columns{person: "x.person_id", agency: "x.agency_id", author: "x.made_by"})
	g := complaints(on(ctx, t)).Where(condition, args...)
	if len(q.States) > 0 {
		g = g.Where("x.state IN ?", q.States)
	}
	if q.VacancyID != "" {
		g = g.Where("x.vacancy_id = ?", string(q.VacancyID))
	}
	if q.OrganisationID != "" {
		g = g.Where("x.organisation_id = ?", string(q.OrganisationID))
	}
	g, err := page(g, "x.id", q.Cursor)
	if err != nil {
		return none, err
	}
	var rows []complaintListRow
	if err := g.Find(&rows).Error; err != nil {
		return none, fault("store.Complaints", err)
	}
	complaints := make([]complaintRow, len(rows))
	for i, r := range rows {
		complaints[i] = r.Row
	}
	o, err := keysOfComplaints(ctx, t, complaints...)
	if err != nil {
		return none, err
	}
	out := listing(rows, q.Cursor, func(r complaintListRow) watch.Row { return r.toRow(o) }, func(r complaintListRow) string { return r.Row.ID })
	if o.err != nil {
		return none, o.err
	}
	return out, nameComplainers(ctx, t, out.Items)
}

// nameComplainers fills in who complained, where the reader may know the name.
func nameComplainers(ctx context.Context, t domain.Tx, rows []watch.Row) error {
	ids := make([]string, 0, len(rows))
	for _, r := range rows {
		if !r.Complaint.PersonID.IsZero() {
			ids = append(ids, string(r.Complaint.PersonID))
		}
	}
	names, err := namesOf(ctx, t, ids)
	for i := range rows {
		n := names[string(rows[i].Complaint.PersonID)]
		rows[i].PersonReference, rows[i].Given, rows[i].Family = n.Reference, n.GivenNames, n.FamilyName
	}
	return err
}
