package taxonomy

import "strings"

// The schemes concepts come from.
const (
	SchemeStarter = "starter"
	SchemeESCO    = "esco"
)

// escoPrefix starts the address of every ESCO concept; ownPrefix that of a
// concept only Baara knows.
const (
	escoPrefix = "http://data.europa.eu/esco/"
	ownPrefix  = "urn:baara:"
)

// IsESCO reports whether a concept's address is one of ESCO's.
func IsESCO(uri string) bool { return strings.HasPrefix(uri, escoPrefix) }

// OwnURI is the address of a concept that only Baara's files know.
func OwnURI(kind Kind, slug string) string { return ownPrefix + string(kind) + ":" + slug }

// Release is one edition of a scheme as its files tell it, before it meets
// what is stored. Concepts are named by their URI.
type Release struct {
	Scheme   string
	Version  string
	Source   string // publisher and terms, shown on the credits page
	Checksum string // of the files: an equal one needs no import

	Concepts  []Draft
	Relations []DraftRelation
	// Words are labels for concepts the release does not define, by URI.
	Words map[string][]Label
	// Languages are those the release speaks for: a stored label of the scheme
	// in another language stays.
	Languages map[Kind][]string
	// Complete names the kinds the release lists entirely: a stored concept of
	// the scheme that is not in it is obsolete.
	Complete map[Kind]bool
	// CompleteLinks does the same for relations.
	CompleteLinks map[LinkClass]bool
	// Refused are the rows the files had wrong.
	Refused []Refusal
}

// Draft is one concept of a release.
type Draft struct {
	URI        string
	StarterID  string // slug, only of Baara's own files
	Kind       Kind
	ISCO       string
	SkillKind  string
	Obsolete   bool
	ReplacedBy string // URI
	Labels     []Label
}

// DraftRelation is one relation of a release, and where its row stands.
type DraftRelation struct {
	From, To string // URIs
	Kind     RelationKind
	File     string
	Line     int
}

// LinkClass is a relation seen by the kinds it connects.
type LinkClass struct {
	From, To Kind
	Broader  bool // a hierarchy rather than a need
}

// Refusal is a row that could not be used and why: a stable word.
type Refusal struct {
	File   string
	Line   int
	Field  string
	Reason string
}

// Reasons an import refuses a relation or a label for.
const (
	RefusedUnknownFrom = "unknown_from" // what the relation starts at is in no release
	RefusedUnknownTo   = "unknown_to"
	RefusedUnknown     = "unknown_concept"
	RefusedSelf        = "relates_to_itself"
)

// source is who a release's labels and relations come from.
func (r Release) source() Source {
	if r.Scheme == SchemeESCO {
		return FromESCO
	}
	return FromStarter
}
