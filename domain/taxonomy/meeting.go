package taxonomy

import (
	"slices"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/text"
)

// Known is what an import must know of a stored concept to recognise it.
type Known struct {
	Concept          // without labels
	Titles  []string // its preferred labels, as "lang:folded words"
}

// titleKey is how a preferred label is compared.
func titleKey(lang, words string) string { return lang + ":" + text.Fold(words) }

// meeting is a draft and the stored concept it turned out to be.
type meeting struct {
	draft Draft
	known *Known // nil: the concept is new
	// retire is a second row for the same concept, found because Baara's files
	// now say that their concept is an ESCO one which is stored already.
	retire *Known
}

// meet finds the stored concept of each draft: by Baara's slug, by address,
// else by an equal preferred label in some language (and, for occupations, the
// same ISCO group) between a concept of Baara alone and one of ESCO. A stored
// concept is met once.
func meet(known []Known, drafts []Draft) []meeting {
	byURI, bySlug := map[string]*Known{}, map[string]*Known{}
	byTitle := map[string][]*Known{}
	for i := range known {
		k := &known[i]
		byURI[k.URI] = k
		if k.StarterID != "" {
			bySlug[k.StarterID] = k
		}
		for _, title := range k.Titles {
			key := meetKey(k.Kind, k.ISCO, title)
			byTitle[key] = append(byTitle[key], k)
		}
	}
	out := make([]meeting, len(drafts))
	taken := map[domain.ID]bool{}
	for i, d := range drafts {
		out[i].draft = d
		slug, address := bySlug[d.StarterID], byURI[d.URI]
		if d.StarterID == "" {
			slug = nil
		}
		switch {
		case slug != nil && address != nil && slug.ID != address.ID && IsESCO(d.URI):
			out[i].known, out[i].retire = address, slug
		case slug != nil:
			out[i].known = slug
		case address != nil:
			out[i].known = address
		}
		if k := out[i].known; k != nil {
			taken[k.ID] = true
		}
	}
	for i := range out {
		if out[i].known == nil {
			if k := sameTitle(byTitle, out[i].draft, taken); k != nil {
				out[i].known = k
				taken[k.ID] = true
			}
		}
	}
	return out
}

func meetKey(kind Kind, isco, title string) string { return string(kind) + "/" + isco + "/" + title }

// sameTitle looks for the other side's concept of the same name: ESCO's draft
// meets a concept of Baara alone, Baara's draft an ESCO concept that no file
// of Baara's has claimed.
func sameTitle(byTitle map[string][]*Known, d Draft, taken map[domain.ID]bool) *Known {
	if d.StarterID != "" && IsESCO(d.URI) {
		return nil // Baara's file says which concept it is
	}
	for _, l := range d.Labels {
		if !l.Preferred {
			continue
		}
		candidates := byTitle[meetKey(d.Kind, d.ISCO, titleKey(l.Lang, l.Text))]
		i := slices.IndexFunc(candidates, func(k *Known) bool {
			return !taken[k.ID] && k.Kind == d.Kind && IsESCO(k.URI) != (d.StarterID == "") && (d.StarterID == "" || k.StarterID == "")
		})
		if i >= 0 {
			return candidates[i]
		}
	}
	return nil
}

// becomes gives the stored form of the meeting's concept: the draft's facts on
// the row that was known. Baara's files and ESCO share a row without taking
// from each other: the ESCO address and Baara's slug both stay.
func (m meeting) becomes(ids domain.IDs) Concept {
	d := m.draft
	next := Concept{Kind: d.Kind, URI: d.URI, StarterID: d.StarterID, ISCO: d.ISCO, SkillKind: d.SkillKind, Status: Active}
	if d.Obsolete {
		next.Status = Obsolete
	}
	if m.known == nil {
		next.ID = ids.New()
		return next
	}
	old := m.known.Concept
	next.ID = old.ID
	if IsESCO(old.URI) && !IsESCO(next.URI) {
		next.URI = old.URI
	}
	if next.StarterID == "" && old.StarterID != "" {
		// Baara's own files still offer the concept, and decide its facts.
		next.StarterID, next.ISCO, next.SkillKind, next.Status = old.StarterID, old.ISCO, old.SkillKind, Active
	}
	if next.Status == Obsolete {
		next.ReplacedBy = old.ReplacedBy
	}
	return next
}
