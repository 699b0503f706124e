package document

import (
	"time"

	"github.com/baara-platform/baara/domain"
)

// Document is a paper of somebody, without its body.
type Document struct {
	ID       domain.ID
	PersonID domain.ID
	Kind     string // one of Kinds
	Title    string // what it is, as said: "CAP maçonnerie"
	Format   Format
	Size     int // bytes kept
	AddedBy  domain.ID
	AddedAt  time.Time
}

// Kinds lists what a document may be, as forms show it.
func Kinds() []string {
	return []string{"diploma", "certificate", "work_reference", "identity_card", "other"}
}

// Format is what a body is.
type Format string

// The formats that are kept.
const (
	PDF  Format = "pdf"
	JPEG Format = "jpeg"
	PNG  Format = "png"
)

// ContentType is the media type of a format.
func (f Format) ContentType() string {
	return map[Format]string{PDF: "application/pdf", JPEG: "image/jpeg", PNG: "image/png"}[f]
}

// Extension ends the name of a file of a format.
func (f Format) Extension() string {
	return map[Format]string{PDF: ".pdf", JPEG: ".jpg", PNG: ".png"}[f]
}

// Bounds of what is kept.
const (
	MaxSize   = 5 << 20 // bytes of one document
	MaxTitle  = 120     // runes
	PerPerson = 20      // documents
	PerDay    = 30      // added by one account
)
