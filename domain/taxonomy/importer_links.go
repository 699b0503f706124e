package taxonomy

import (
	"context"
	"slices"
	"strings"

	"github.com/baara-platform/baara/domain"
)

// successors names what replaces an obsolete concept, once all have an id.
func (r *importRun) successors(ctx context.Context, meetings []meeting, next []Concept) error {
	var save []Concept
	for i, m := range meetings {
		by := r.ids[m.draft.ReplacedBy]
		if next[i].Status != Obsolete || by.IsZero() || by == next[i].ID || by == next[i].ReplacedBy {
			continue
		}
		next[i].ReplacedBy = by
		save = append(save, next[i])
		r.report.Updated++
	}
	return r.inTx(ctx, func(tx domain.Tx) error { return r.deps.Store.SaveConcepts(ctx, tx, save, r.version) })
}

// retire marks what the scheme no longer lists. A concept the other side still
// offers stays active and only loses this side's mark and words.
func (r *importRun) retire(ctx context.Context) error {
	listed := map[domain.ID]bool{}
	for _, d := range r.release.Concepts {
		listed[r.ids[d.URI]] = true
	}
	var save []Concept
	wordless := map[domain.ID][]Label{}
	for _, k := range r.known {
		if listed[k.ID] || r.retired[k.ID] || !r.release.Complete[k.Kind] || k.Status == Obsolete || !r.owns(k.Concept) {
			continue
		}
		c := k.Concept
		if r.source == FromStarter {
			c.StarterID = ""
		}
		if c.StarterID == "" && (r.source == FromESCO || !IsESCO(c.URI)) {
			c.Status = Obsolete
			r.report.Retired++
		} else {
			wordless[c.ID] = nil
			if same(c, k.Concept) {
				continue
			}
			r.report.Updated++
		}
		save = append(save, c)
	}
	return r.inTx(ctx, func(tx domain.Tx) error {
		if err := r.deps.Store.SaveConcepts(ctx, tx, save, r.version); err != nil {
			return err
		}
		return r.saveLabels(ctx, tx, wordless)
	})
}

// owns reports whether a stored concept belongs to the release's scheme.
func (r *importRun) owns(c Concept) bool {
	if r.source == FromESCO {
		return IsESCO(c.URI)
	}
	return c.StarterID != ""
}

type link struct {
	from, to domain.ID
	kind     RelationKind
}

// relations resolves the release's relations and stores the difference.
func (r *importRun) relations(ctx context.Context) error {
	wanted := r.resolve()
	r.report.Links = map[LinkClass]int{}
	for l := range wanted {
		r.report.Links[r.class(l)]++
	}
	var stored []Relation
	err := r.inTx(ctx, func(tx domain.Tx) (err error) {
		stored, err = r.deps.Store.AllRelations(ctx, tx)
		return err
	})
	if err != nil {
		return err
	}
	var remove []Relation
	for _, s := range stored {
		l := link{s.From, s.To, s.Kind}
		switch {
		case wanted[l]:
			if s.Source.precedence() <= r.source.precedence() {
				delete(wanted, l) // stored already, by this source or a stronger one
			}
		case s.Source == r.source && r.release.CompleteLinks[r.class(l)]:
			remove = append(remove, s)
		}
	}
	save := make([]Relation, 0, len(wanted))
	for l := range wanted {
		save = append(save, Relation{From: l.from, To: l.to, Kind: l.kind, Source: r.source})
	}
	slices.SortFunc(save, func(a, b Relation) int {
		return strings.Compare(string(a.From)+string(a.To)+string(a.Kind), string(b.From)+string(b.To)+string(b.Kind))
	})
	return r.saveLinks(ctx, remove, save)
}

func (r *importRun) saveLinks(ctx context.Context, remove, save []Relation) error {
	for part := range slices.Chunk(remove, linkChunk) {
		r.report.LinksRemoved += len(part)
		if err := r.inTx(ctx, func(tx domain.Tx) error { return r.deps.Store.ChangeRelations(ctx, tx, part, nil) }); err != nil {
			return err
		}
	}
	for part := range slices.Chunk(save, linkChunk) {
		r.report.LinksSaved += len(part)
		if err := r.inTx(ctx, func(tx domain.Tx) error { return r.deps.Store.ChangeRelations(ctx, tx, nil, part) }); err != nil {
			return err
		}
		r.step(len(part))
	}
	r.progress(r.total, r.total)
	return nil
}

// resolve turns addresses into ids and refuses what leads nowhere.
func (r *importRun) resolve() map[link]bool {
	wanted := make(map[link]bool, len(r.release.Relations))
	for _, d := range r.release.Relations {
		from, to := r.ids[d.From], r.ids[d.To]
		reason := ""
		switch {
		case from.IsZero():
			reason = RefusedUnknownFrom
		case to.IsZero():
			reason = RefusedUnknownTo
		case from == to:
			reason = RefusedSelf
		default:
			wanted[link{from, to, d.Kind}] = true
			continue
		}
		r.report.Refused = append(r.report.Refused, Refusal{File: d.File, Line: d.Line, Reason: reason})
	}
	return wanted
}

func (r *importRun) class(l link) LinkClass {
	return LinkClass{From: r.kinds[l.from], To: r.kinds[l.to], Broader: l.kind == Broader}
}
