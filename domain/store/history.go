package store

import (
	"context"
	"time"

	"github.com/baara-platform/baara/domain"
)

// historyTables names the history of each noun that has states.
var historyTables = map[string]string{
	"registration": "registration_history",
	"vacancy":      "vacancy_history",
	"case":         "case_history",
	"application":  "application_history",
	"placement":    "placement_history",
	"transfer":     "transfer_history",
	"complaint":    "complaint_history",

	"rights_request": "rights_request_history",
}

type historyRow struct {
	ID         string
	RecordID   string
	Transition string
	FromState  string
	ToState    string
	ActorID    *string
	ActorRole  string
	Reason     string // of what names no person
	Sealed     sealed // of the others
	At         time.Time
	Subject    *string `gorm:"->;-:migration"`
}

func (r historyRow) subject() domain.ID { return idOf(r.Subject) }

// History writes and reads the steps of one noun.
type History struct{ noun, table string }

// History gives the history of a noun: "vacancy", "case"…
func (d *DB) History(noun string) History { return History{noun: noun, table: historyTables[noun]} }

// open reports whether the noun's reasons name no person and are readable.
func (h History) open() bool { return h.noun == "vacancy" }

func (h History) column() string { return h.table + ".sealed" }

// Append writes one step. The record must exist already.
func (h History) Append(ctx context.Context, t domain.Tx, step domain.Step) error {
	row := historyRow{
		ID: string(step.ID), RecordID: string(step.RecordID), Transition: step.Transition,
		FromState: string(step.From), ToState: string(step.To), ActorID: nullID(step.ActorID),
		ActorRole: string(step.ActorRole), Reason: step.Reason, At: step.At,
	}
	other := "Sealed"
	if !h.open() {
		other = "Reason"
		var err error
		if row.Sealed, err = sealBeside(ctx, t, h.noun, step.RecordID, h.column(), step.Reason); err != nil {
			return err
		}
	}
	return fault("store.History.Append", on(ctx, t).Table(h.table).Omit("Subject", other).Create(&row).Error)
}

// Of lists a record's steps, oldest first.
func (h History) Of(ctx context.Context, t domain.Tx, record domain.ID) ([]domain.Step, error) {
	q := on(ctx, t).Table(h.table)
	if !h.open() {
		q = q.Select("*, CASE WHEN sealed IS NOT NULL THEN rls.subject(?, record_id) END AS subject", h.noun)
	}
	var rows []historyRow
	if err := q.Where("record_id = ?", string(record)).Order("at, id").Find(&rows).Error; err != nil {
		return nil, fault("store.History.Of", err)
	}
	o, err := openAll(ctx, t, rows, historyRow.subject)
	if err != nil {
		return nil, err
	}
	steps := make([]domain.Step, len(rows))
	for i, r := range rows {
		o.open(r.subject(), h.column(), r.Sealed, &r.Reason)
		steps[i] = domain.Step{
			ID: domain.ID(r.ID), RecordID: domain.ID(r.RecordID), Transition: r.Transition,
			From: domain.State(r.FromState), To: domain.State(r.ToState), ActorID: idOf(r.ActorID),
			ActorRole: domain.Role(r.ActorRole), Reason: r.Reason, At: r.At.UTC(),
		}
	}
	return steps, o.err
}
