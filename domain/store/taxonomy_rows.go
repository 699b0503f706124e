package store

import (
	"database/sql/driver"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/taxonomy"
)

type conceptRow struct {
	ID         string `gorm:"primaryKey"`
	Kind       string
	URI        string
	StarterID  *string
	ISCO       *string `gorm:"column:isco"`
	SkillKind  *string
	Status     string
	ReplacedBy *string
}

func (conceptRow) TableName() string { return "concepts" }

func (r conceptRow) toDomain(labels []taxonomy.Label) taxonomy.Concept {
	return taxonomy.Concept{
		ID: domain.ID(r.ID), Kind: taxonomy.Kind(r.Kind), URI: r.URI, StarterID: textOf(r.StarterID), ISCO: textOf(r.ISCO),
		SkillKind: textOf(r.SkillKind), Status: taxonomy.Status(r.Status), ReplacedBy: idOf(r.ReplacedBy), Labels: labels,
	}
}

type labelRow struct {
	ConceptID string
	Lang      string
	Label     string
	Folded    string
	Preferred bool
	Reviewed  bool
	Source    string
}

func (labelRow) TableName() string { return "concept_labels" }

func (r labelRow) toDomain() taxonomy.Label {
	return taxonomy.Label{Lang: r.Lang, Text: r.Label, Preferred: r.Preferred, Reviewed: r.Reviewed, Source: taxonomy.Source(r.Source)}
}

type relationRow struct{ FromID, ToID, Kind, Source string }

func (relationRow) TableName() string { return "concept_relations" }

func (r relationRow) toDomain() taxonomy.Relation {
	return taxonomy.Relation{
		From: domain.ID(r.FromID), To: domain.ID(r.ToID), Kind: taxonomy.RelationKind(r.Kind), Source: taxonomy.Source(r.Source),
	}
}

type versionRow struct {
	ID         string `gorm:"primaryKey"`
	Scheme     string
	Version    string
	Source     string
	Checksum   string
	ImportedAt time.Time
}

func (versionRow) TableName() string { return "taxonomy_versions" }

func (r versionRow) toDomain() taxonomy.Version {
	return taxonomy.Version{
		ID: domain.ID(r.ID), Scheme: r.Scheme, Version: r.Version, Source: r.Source, Checksum: r.Checksum, ImportedAt: r.ImportedAt.UTC(),
	}
}

// boolArray is a PostgreSQL boolean[] argument.
type boolArray []bool

// Value writes the array's text form.
func (a boolArray) Value() (driver.Value, error) {
	out := []byte{'{'}
	for i, b := range a {
		if i > 0 {
			out = append(out, ',')
		}
		if b {
			out = append(out, 't')
		} else {
			out = append(out, 'f')
		}
	}
	return string(append(out, '}')), nil
}
