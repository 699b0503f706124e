package taxonomy

import (
	"time"

	"github.com/baara-platform/baara/domain"
)

// Kind tells occupations from skills.
type Kind string

// The kinds of concept. Knowledge is a skill whose SkillKind says so.
const (
	Occupation Kind = "occupation"
	Skill      Kind = "skill"
)

// The kinds of skill.
const (
	SkillAbility   = "skill"
	SkillKnowledge = "knowledge"
)

// Status tells whether a concept is still offered.
type Status string

// An obsolete concept stays readable for the records that point to it.
const (
	Active   Status = "active"
	Obsolete Status = "obsolete"
)

// Source is where a label or relation comes from.
type Source string

// The sources, the one that wins first: what staff wrote by hand, Baara's own
// files, ESCO.
const (
	FromStaff   Source = "staff"
	FromStarter Source = "starter"
	FromESCO    Source = "esco"
)

// Concept is an occupation or a skill.
type Concept struct {
	ID         domain.ID
	Kind       Kind
	URI        string // ESCO's address, else "urn:baara:occupation:mason"
	StarterID  string // the slug of Baara's own files, "" for a concept of ESCO alone
	ISCO       string // unit group of an occupation, "" for skills
	SkillKind  string // SkillAbility or SkillKnowledge, "" for occupations
	Status     Status
	ReplacedBy domain.ID // only of an obsolete concept, "" where unknown
	Labels     []Label
}

// Label is a name of a concept. In each language one is preferred.
type Label struct {
	Lang      string
	Text      string
	Preferred bool
	Reviewed  bool // false: not yet read by a native speaker
	Source    Source
}

// Names gives the preferred names by language.
func (c Concept) Names() domain.Names {
	out := domain.Names{}
	for _, l := range c.Labels {
		if l.Preferred {
			out[l.Lang] = l.Text
		}
	}
	return out
}

// Name gives the preferred name in a language, falling back as domain.Names
// does; used is the language the name is in.
func (c Concept) Name(lang string) (name, used string) { return c.Names().In(lang) }

// RelationKind is how two concepts are related.
type RelationKind string

// An occupation (or skill) needs a skill essentially or optionally; a concept
// has a broader one; two concepts are related.
const (
	Essential RelationKind = "essential"
	Optional  RelationKind = "optional"
	Broader   RelationKind = "broader"
	Related   RelationKind = "related"
)

// Relation leads from one concept to another: mason –essential→ lay bricks.
type Relation struct {
	From, To domain.ID
	Kind     RelationKind
	Source   Source
}

// Version is a release that was stored.
type Version struct {
	ID         domain.ID
	Scheme     string // "starter" or "esco"
	Version    string
	Source     string // publisher and terms, for the credits page
	Checksum   string
	ImportedAt time.Time
}
