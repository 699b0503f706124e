package store

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/rights"
)

type requestRow struct {
	ID         string
	Reference  string
	Kind       string
	Purpose    string
	Sealed     sealed // what was asked, and what was answered
	PersonID   *string
	AgencyID   string
	Mode       string
	MadeBy     *string
	State      string
	DueOn      time.Time
	WaitsUntil *time.Time
	DecidedBy  *string
	DecidedAt  *time.Time
	CreatedAt  time.Time
	UpdatedAt  time.Time `gorm:"autoUpdateTime:false"`
	Version    int
}

func (requestRow) TableName() string { return "rights_requests" }

// sealedRequest is what somebody asked in words, and what was answered.
type sealedRequest struct {
	Words  string `json:"w,omitempty"`
	Reason string `json:"r,omitempty"`
}

const requestColumn = "rights_requests.sealed"

// subject is whose key closes a request. Once the person is erased it has one
// of its own, for what is answered then.
func (r requestRow) subject() domain.ID {
	if r.PersonID == nil {
		return domain.ID(r.ID)
	}
	return domain.ID(*r.PersonID)
}

func requestToRow(ctx context.Context, t domain.Tx, r rights.Request) (requestRow, error) {
	row := requestRow{
		ID: string(r.ID), Reference: r.Reference, Kind: string(r.Kind), Purpose: r.Purpose, PersonID: nullID(r.PersonID),
		AgencyID: string(r.AgencyID), Mode: string(r.Mode), MadeBy: nullID(r.MadeBy), State: string(r.State),
		DueOn: r.DueOn.Time(), WaitsUntil: nullTime(r.WaitsUntil), DecidedBy: nullID(r.DecidedBy), DecidedAt: nullTime(r.DecidedAt),
		CreatedAt: r.CreatedAt, UpdatedAt: r.UpdatedAt, Version: r.Version,
	}
	if r.Words == "" && r.Reason == "" {
		return row, nil
	}
	var err error
	row.Sealed, err = sealOne(ctx, t, row.subject(), requestColumn, sealedRequest{r.Words, r.Reason})
	return row, err
}

func (r requestRow) toDomain(o *opening) rights.Request {
	var said sealedRequest
	o.open(r.subject(), requestColumn, r.Sealed, &said)
	return rights.Request{
		ID: domain.ID(r.ID), Reference: r.Reference, Kind: rights.Kind(r.Kind), Purpose: r.Purpose, Words: said.Words, PersonID: idOf(r.PersonID),
		AgencyID: domain.ID(r.AgencyID), Mode: rights.Mode(r.Mode), MadeBy: idOf(r.MadeBy), State: domain.State(r.State), Reason: said.Reason,
		DueOn: domain.DateOf(r.DueOn), WaitsUntil: timeOf(r.WaitsUntil), DecidedBy: idOf(r.DecidedBy), DecidedAt: timeOf(r.DecidedAt),
		CreatedAt: r.CreatedAt.UTC(), UpdatedAt: r.UpdatedAt.UTC(), Version: r.Version,
	}
}

// RequestReference implements rights.Store.
func (Rights) RequestReference(ctx context.Context, t domain.Tx) (int64, error) {
	numbers, err := nextNumbers(ctx, t, "rights_request_reference", 1)
	if err != nil {
		return 0, err
	}
	return numbers[0], nil
}

// InsertRequest implements rights.Store.
func (Rights) InsertRequest(ctx context.Context, t domain.Tx, r rights.Request) error {
	row, err := requestToRow(ctx, t, r)
	if err != nil {
		return err
	}
	return fault("store.InsertRequest", on(ctx, t).Create(&row).Error)
}

// SaveRequest implements rights.Store.
func (Rights) SaveRequest(ctx context.Context, t domain.Tx, r rights.Request) error {
	row, err := requestToRow(ctx, t, r)
	if err != nil {
		return err
	}
	row.Version++
	return touched("store.SaveRequest", on(ctx, t).Select("Sealed", "State", "DecidedBy", "DecidedAt", "UpdatedAt", "Version").
		Where("id = ? AND version = ?", row.ID, r.Version).Updates(&row))
}

// RequestForUpdate implements rights.Store.
func (Rights) RequestForUpdate(ctx context.Context, t domain.Tx, id domain.ID) (rights.Request, error) {
	var row requestRow
	if err := on(ctx, t).Clauses(clause.Locking{Strength: "UPDATE"}).Where("id = ?", string(id)).Take(&row).Error; err != nil {
		return rights.Request{}, fault("store.RequestForUpdate", err)
	}
	o, err := openAll(ctx, t, []requestRow{row}, requestRow.subject)
	if err != nil {
		return rights.Request{}, err
	}
	return row.toDomain(o), o.err
}

type requestListRow struct {
	Row    requestRow `gorm:"embedded"`
	Agency string
}

func (r requestListRow) subject() domain.ID { return r.Row.subject() }

func (r requestListRow) toRow(o *opening) rights.Row {
	return rights.Row{Request: r.Row.toDomain(o), Agency: r.Agency}
}

func requests(g *gorm.DB) *gorm.DB {
	return g.Table("rights_requests x").Select("x.*, a.name AS agency").Joins("JOIN agencies a ON a.id = x.agency_id")
}

// Request implements rights.Store.
func (Rights) Request(ctx context.Context, t domain.Tx, id domain.ID) (rights.Row, error) {
	var row requestListRow
	if err := requests(on(ctx, t)).Where("x.id = ?", string(id)).Take(&row).Error; err != nil {
		return rights.Row{}, fault("store.Request", err)
	}
	o, err := openAll(ctx, t, []requestListRow{row}, requestListRow.subject)
	if err != nil {
		return rights.Row{}, err
	}
	out := []rights.Row{row.toRow(o)}
	if o.err != nil {
		return rights.Row{}, o.err
	}
	err = nameAskers(ctx, t, out)
	return out[0], err
}

// openRequest is the condition on requests somebody still waits for.
const openRequest = "x.state IN ('received','in_progress','confirmed')"

// Requests implements rights.Store.
func (Rights) Requests(ctx context.Context, t domain.Tx, q rights.Query) (domain.Listing[rights.Row], error) {
	const op = "store.Requests"
	var none domain.Listing[rights.Row]
	condition, args := scope(q.Actor, q.Relations, columns{person: "x.person_id", agency: "x.agency_id", author: "x.made_by"})
	g := requests(on(ctx, t)).Where(condition, args...)
	if q.PersonID != "" {
		g = g.Where("x.person_id = ?", string(q.PersonID))
	}
	if len(q.Kinds) > 0 {
		g = g.Where("x.kind IN ?", q.Kinds)
	}
	if len(q.States) > 0 {
		g = g.Where("x.state IN ?", q.States)
	}
	if q.Overdue {
		g = g.Where("x.due_on < ?", q.Today.Time())
	}
	if q.Closed {
		g = g.Where("NOT " + openRequest)
	} else if len(q.States) == 0 {
		g = g.Where(openRequest)
	}
	if q.Cursor.After != "" {
		var day, id string
		if _, err := fmt.Sscanf(q.Cursor.After, "%10s.%36s", &day, &id); err != nil {
			return none, domain.Invalid(op, domain.Field("after", "error.cursor"))
		}
		_, wrongDay := domain.ParseDate(day)
		if _, wrong := domain.ParseID(id); wrong != nil || wrongDay != nil {
			return none, domain.Invalid(op, domain.Field("after", "error.cursor"))
		}
		g = g.Where("(x.due_on, x.id) "+map[bool]string{true: "<", false: ">"}[q.Closed]+" (?::date, ?::uuid)", day, id)
	}
	order := "x.due_on, x.id"
	if q.Closed {
		order = "x.due_on DESC, x.id DESC"
	}
	var rows []requestListRow
	if err := g.Order(order).Limit(q.Cursor.Size() + 1).Find(&rows).Error; err != nil {
		return none, fault(op, err)
	}
	o, err := openAll(ctx, t, rows, requestListRow.subject)
	if err != nil {
		return none, err
	}
	out := listing(rows, q.Cursor, func(r requestListRow) rights.Row { return r.toRow(o) }, func(r requestListRow) string {
		return domain.DateOf(r.Row.DueOn).String() + "." + r.Row.ID
	})
	if o.err != nil {
		return none, o.err
	}
	return out, nameAskers(ctx, t, out.Items)
}

// nameAskers fills in who asked: the name where the reader may know it, else
// for the officer the reference.
func nameAskers(ctx context.Context, t domain.Tx, rows []rights.Row) error {
	ids := make([]string, 0, len(rows))
	for _, r := range rows {
		if !r.Request.PersonID.IsZero() {
			ids = append(ids, string(r.Request.PersonID))
		}
	}
	names, err := namesOf(ctx, t, ids)
	if err != nil {
		return err
	}
	var references []struct{ ID, Name string }
	if err := on(ctx, t).Raw(`SELECT id::text, name FROM rls.trail_names(?::uuid[])`, textArray(ids)).Scan(&references).Error; err != nil {
		return fault("store.nameAskers", err)
	}
	told := make(map[string]string, len(references))
	for _, r := range references {
		told[r.ID] = r.Name
	}
	for i, row := range rows {
		id := string(row.Request.PersonID)
		n := names[id]
		row.Person, row.Given, row.Family = cmp.Or(n.Reference, told[id]), n.GivenNames, n.FamilyName
		rows[i] = row
	}
	return nil
}

// ConfirmedRequests implements rights.Store.
func (Rights) ConfirmedRequests(ctx context.Context, t domain.Tx, limit int) ([]domain.ID, error) {
	var ids []domain.ID
	err := on(ctx, t).Raw(`SELECT id::text FROM rights_requests WHERE state = 'confirmed' ORDER BY updated_at LIMIT ?`, limit).Scan(&ids).Error
	return ids, fault("store.ConfirmedRequests", err)
}

// Object implements rights.Store. To object twice is to object.
func (Rights) Object(ctx context.Context, t domain.Tx, person, request domain.ID, at time.Time) error {
	return fault("store.Object", on(ctx, t).Exec(`INSERT INTO objections (person_id, purpose, request_id, since) VALUES (?, 'statistics', ?, ?)
		ON CONFLICT (person_id, purpose) DO NOTHING`, string(person), string(request), at).Error)
}

// LiftObjection implements rights.Store.
func (Rights) LiftObjection(ctx context.Context, t domain.Tx, request domain.ID) error {
	return fault("store.LiftObjection", on(ctx, t).Exec(`DELETE FROM objections WHERE request_id = ?`, string(request)).Error)
}
