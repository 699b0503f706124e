package store

import (
	"context"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/casework"
)

type caseRow struct {
	ID             string
	PersonID       string
	SubjectID      string // whose key closes what is said in the file: a merge changes the person, not this
	OwnerID        string
	AgencyID       string
	Stage          string
	SuspendedFrom  *string
	SuspendedUntil *time.Time
	CloseReason    *string
	OpenedAt       time.Time
	ClosedAt       *time.Time
	LastContactAt  *time.Time
	MovedAt        *time.Time
	Demo           bool
	Version        int
	Shared         textArray `gorm:"->;type:uuid[]"`
	Opened         textArray `gorm:"->;type:uuid[]"`
}

func (caseRow) TableName() string { return "case_files" }

func caseToRow(c casework.CaseFile) caseRow {
	return caseRow{
		ID: string(c.ID), PersonID: string(c.PersonID), SubjectID: string(c.PersonID), OwnerID: string(c.OwnerID), AgencyID: string(c.AgencyID),
		Stage: string(c.Stage), SuspendedFrom: nullText(string(c.SuspendedFrom)), SuspendedUntil: nullDate(c.SuspendedUntil),
		CloseReason: nullText(c.CloseReason), OpenedAt: c.OpenedAt, ClosedAt: nullTime(c.ClosedAt),
		LastContactAt: nullTime(c.LastContactAt), MovedAt: nullTime(c.MovedAt), Demo: c.Demo, Version: c.Version,
	}
}

func (r caseRow) toDomain(barriers []casework.Barrier) casework.CaseFile {
	c := casework.CaseFile{
		ID: domain.ID(r.ID), PersonID: domain.ID(r.PersonID), OwnerID: domain.ID(r.OwnerID), AgencyID: domain.ID(r.AgencyID),
		Stage: domain.State(r.Stage), SuspendedFrom: domain.State(textOf(r.SuspendedFrom)), SuspendedUntil: dateOf(r.SuspendedUntil),
		CloseReason: textOf(r.CloseReason), OpenedAt: r.OpenedAt.UTC(), ClosedAt: timeOf(r.ClosedAt),
		LastContactAt: timeOf(r.LastContactAt), MovedAt: timeOf(r.MovedAt), OpenedBy: textList[domain.ID](r.Opened), Barriers: barriers, Demo: r.Demo, Version: r.Version,
	}
	for _, id := range r.Shared {
		c.SharedWith = append(c.SharedWith, domain.ID(id))
	}
	return c
}

type shareRow struct {
	ID       string
	CaseID   string
	UserID   *string
	AgencyID *string
	Sealed   sealed  // the reason
	PersonID *string `gorm:"->;-:migration"`
	Since    time.Time
	Until    time.Time
	SharedBy string
}

func (shareRow) TableName() string { return "case_shares" }

func (r shareRow) subject() domain.ID { return idOf(r.PersonID) }

func (r shareRow) toDomain(o *opening) casework.Share {
	return casework.Share{
		ID: domain.ID(r.ID), CaseID: domain.ID(r.CaseID), UserID: idOf(r.UserID), AgencyID: idOf(r.AgencyID),
		Reason: o.text(r.subject(), shareColumn, r.Sealed), Since: r.Since.UTC(), Until: r.Until.UTC(), SharedBy: domain.ID(r.SharedBy),
	}
}

type barrierRow struct {
	CaseID string
	Kind   string
	Sealed sealed // the detail
}

const (
	shareColumn   = "case_shares.sealed"
	barrierColumn = "case_barriers.sealed"
)

func (barrierRow) TableName() string { return "case_barriers" }

// caseListRow is a file with what a list shows beside it.
type caseListRow struct {
	File        caseRow `gorm:"embedded"`
	Reference   string
	SealedNames sealed
	PlaceCode   *string
	OwnerName   string
	NextAction  sealed
	NextDue     *time.Time
}

// keysOfFiles reads the keys of the people and of what their files say.
func keysOfFiles(ctx context.Context, t domain.Tx, rows []caseListRow) (*opening, error) {
	subjects := subjectsOf(rows, func(r caseListRow) domain.ID { return domain.ID(r.File.PersonID) })
	return inside(ctx, t)(append(subjects, subjectsOf(rows, func(r caseListRow) domain.ID { return domain.ID(r.File.SubjectID) })...))
}

func (r caseListRow) toDomain(o *opening) casework.CaseRow {
	given, family := o.names(domain.ID(r.File.PersonID), r.SealedNames)
	return casework.CaseRow{
		File: r.File.toDomain(nil), Reference: r.Reference, Given: given, Family: family,
		Place: textOf(r.PlaceCode), OwnerName: r.OwnerName, NextAction: o.text(domain.ID(r.File.SubjectID), actionColumn, r.NextAction), NextDue: dateOf(r.NextDue),
	}
}
