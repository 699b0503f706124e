package v1

import (
	"github.com/baara-platform/baara/api/edge"
	"github.com/baara-platform/baara/domain"
)

// Paging is embedded in the input of every list.
type Paging struct {
	After string `query:"after" maxLength:"200" doc:"The mark the page before gave"`
	Limit int    `query:"limit" minimum:"1" maximum:"100" default:"25" doc:"Records a page"`
}

func (p Paging) cursor() domain.Cursor { return domain.Cursor{After: p.After, Limit: p.Limit} }

// ByID is embedded in the input of everything about one record. What is no id
// is not found, like an id that nothing has.
type ByID struct {
	ID string `path:"id" format:"uuid" doc:"The record's id"`
}

func (b ByID) id() domain.ID { return id(b.ID) }

// Precondition is embedded in the input of every update and state change.
type Precondition struct {
	IfMatch string `header:"If-Match" required:"true" maxLength:"100" doc:"The ETag the change is based on" example:"\"3\""`
}

// version reads the header; what is no version is stale.
func (m Precondition) version() (int, error) { return edge.VersionOf(m.IfMatch) }

// change is the input of an act that needs nothing but the record and its version.
type change struct {
	ByID
	Precondition
}

// reasoned is the input of an act on a version of a record, for a reason.
type reasoned struct {
	ByID
	Precondition
	Body struct {
		Reason string `json:"reason,omitempty" maxLength:"500" doc:"In words, for the history"`
	}
}

// id reads an id; upper case is the same id. What the document's format lets
// pass and yet is no id of ours becomes one that nothing has.
func id(s string) domain.ID {
	if s == "" {
		return ""
	}
	id, err := domain.ParseID(s)
	if err != nil {
		return "00000000-0000-0000-0000-000000000000"
	}
	return id
}

func ids(in []string) []domain.ID { return each(in, id) }

// day reads a date the document's format has checked; "" is the unknown date.
func day(s string) domain.Date {
	d, err := domain.ParseDate(s)
	if err != nil {
		return domain.Date{}
	}
	return d
}
