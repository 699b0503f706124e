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
	Reason     string
	At         time.Time
}

// History writes and reads the steps of one noun.
type History struct{ table string }

// History gives the history of a noun: "vacancy", "case"…
func (d *DB) History(noun string) History { return History{table: historyTables[noun]} }

// Append writes one step. The record must exist already.
func (h History) Append(ctx context.Context, t domain.Tx, step domain.Step) error {
	row := historyRow{
		ID: string(step.ID), RecordID: string(step.RecordID), Transition: step.Transition,
		FromState: string(step.From), ToState: string(step.To), ActorID: nullID(step.ActorID),
		ActorRole: string(step.ActorRole), Reason: step.Reason, At: step.At,
	}
	return fault("store.History.Append", on(ctx, t).Table(h.table).Create(&row).Error)
}

// Of lists a record's steps, oldest first.
func (h History) Of(ctx context.Context, t domain.Tx, record domain.ID) ([]domain.Step, error) {
	var rows []historyRow
	if err := on(ctx, t).Table(h.table).Where("record_id = ?", string(record)).Order("at, id").Find(&rows).Error; err != nil {
		return nil, fault("store.History.Of", err)
	}
	steps := make([]domain.Step, len(rows))
	for i, r := range rows {
		steps[i] = domain.Step{
			ID: domain.ID(r.ID), RecordID: domain.ID(r.RecordID), Transition: r.Transition,
			From: domain.State(r.FromState), To: domain.State(r.ToState), ActorID: idOf(r.ActorID),
			ActorRole: domain.Role(r.ActorRole), Reason: r.Reason, At: r.At.UTC(),
		}
	}
	return steps, nil
}
