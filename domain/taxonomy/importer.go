package taxonomy

import (
	"context"
	"slices"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
)

// chunk is how many concepts one transaction stores, linkChunk how many
// relations: short transactions let the search feed go on.
const (
	chunk     = 1000
	linkChunk = 10_000
)

// ImporterDeps is what an importer is built from.
type ImporterDeps struct {
	Tx     domain.Transactor
	Store  ImportStore
	Policy access.Policy
	IDs    domain.IDs
	Clock  domain.Clock
}

// Importer stores releases. An import that was cut off is finished by running
// it again; a finished one changes nothing the second time.
type Importer struct{ deps ImporterDeps }

// NewImporter makes an importer.
func NewImporter(deps ImporterDeps) *Importer { return &Importer{deps} }

// Report says what an import read and changed.
type Report struct {
	Occupations, Skills          int               // read
	Links                        map[LinkClass]int // relations read and resolved
	Added, Met, Updated, Retired int               // concepts: new; met for the first time by the other side; changed; now obsolete
	LabelsSaved, LabelsRemoved   int
	LinksSaved, LinksRemoved     int
	Refused                      []Refusal
}

// Relations counts the resolved relations of all classes.
func (r Report) Relations() int {
	n := 0
	for _, class := range r.Links {
		n += class
	}
	return n
}

// Changed counts the changes; 0 when everything was stored already.
func (r Report) Changed() int {
	return r.Added + r.Met + r.Updated + r.Retired + r.LabelsSaved + r.LabelsRemoved + r.LinksSaved + r.LinksRemoved
}

// Progress is told how far an import is. It may be nil.
type Progress func(done, total int)

// Stored reports whether exactly these files were imported before.
func (m *Importer) Stored(ctx context.Context, scheme, version, checksum string) (bool, error) {
	var found bool
	err := m.deps.Tx.View(ctx, domain.System(), func(tx domain.Tx) error {
		versions, err := m.deps.Store.Versions(ctx, tx)
		found = slices.ContainsFunc(versions, func(v Version) bool {
			return v.Scheme == scheme && v.Version == version && v.Checksum == checksum && checksum != ""
		})
		return err
	})
	return found, err
}

// Import stores a release in short transactions: first the concepts with their
// labels, then what is gone, then relations, at last the mark that it is whole.
func (m *Importer) Import(ctx context.Context, actor domain.Actor, release Release, progress Progress) (Report, error) {
	run := &importRun{
		Importer: m, actor: actor, release: release, source: release.source(), ids: map[string]domain.ID{}, kinds: map[domain.ID]Kind{},
		retired:  map[domain.ID]bool{},
		progress: progress, total: len(release.Concepts) + len(release.Relations),
	}
	run.report.Refused = slices.Clone(release.Refused)
	if run.progress == nil {
		run.progress = func(int, int) {}
	}
	if err := m.deps.Policy.Require(ctx, m.deps.Tx, actor, access.TaxonomyImport, access.Facts{}); err != nil {
		return Report{}, err
	}
	run.actor.Once = domain.Once{} // many transactions, and again changes nothing: no record of the request is needed
	steps := []func(context.Context) error{run.open, run.concepts, run.retire, run.words, run.relations, run.close}
	for _, step := range steps {
		if err := step(ctx); err != nil {
			return run.report, err
		}
	}
	return run.report, nil
}

// importRun is one import under way.
type importRun struct {
	*Importer
	actor    domain.Actor
	release  Release
	source   Source
	version  domain.ID
	whole    bool // these very files were stored before
	known    []Known
	ids      map[string]domain.ID // URI → concept
	kinds    map[domain.ID]Kind
	retired  map[domain.ID]bool // second rows of a concept, retired when they met the first
	report   Report
	noted    int // changes of which the search index was told
	progress Progress
	done     int
	total    int
}

// inTx saves a part. What it changes outdates the search index in the same transaction: a kill between parts leaves that noted.
func (r *importRun) inTx(ctx context.Context, fn func(domain.Tx) error) error {
	err := r.deps.Tx.InTx(ctx, r.actor, func(tx domain.Tx) error {
		if err := fn(tx); err != nil || r.report.Changed() == r.noted {
			return err
		}
		return r.deps.Store.OutdateIndex(ctx, tx, false)
	})
	r.noted = r.report.Changed()
	return err
}

// open notes the version, not yet whole, and reads what is stored.
func (r *importRun) open(ctx context.Context) error {
	return r.inTx(ctx, func(tx domain.Tx) error {
		versions, err := r.deps.Store.Versions(ctx, tx)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(versions, func(v Version) bool {
			return v.Scheme == r.release.Scheme && v.Version == r.release.Version && v.Checksum == r.release.Checksum && v.Checksum != ""
		})
		if i >= 0 {
			r.version, r.whole = versions[i].ID, true
		} else if err := r.saveVersion(ctx, tx, ""); err != nil {
			return err
		}
		if r.known, err = r.deps.Store.Known(ctx, tx); err != nil {
			return err
		}
		for _, k := range r.known {
			r.ids[k.URI], r.kinds[k.ID] = k.ID, k.Kind
		}
		return nil
	})
}

// close notes that the version is whole, unless it was and nothing changed.
func (r *importRun) close(ctx context.Context) error {
	if r.whole && r.report.Changed() == 0 {
		return nil
	}
	return r.inTx(ctx, func(tx domain.Tx) error {
		if err := r.saveVersion(ctx, tx, r.release.Checksum); err != nil || r.report.Changed() == 0 {
			return err
		}
		return r.deps.Store.OutdateIndex(ctx, tx, true)
	})
}

func (r *importRun) saveVersion(ctx context.Context, tx domain.Tx, checksum string) error {
	v := Version{
		ID: r.deps.IDs.New(), Scheme: r.release.Scheme, Version: r.release.Version, Source: r.release.Source,
		Checksum: checksum, ImportedAt: r.deps.Clock.Now(),
	}
	var err error
	r.version, err = r.deps.Store.SaveVersion(ctx, tx, v)
	return err
}

// concepts stores the drafts, chunk by chunk.
func (r *importRun) concepts(ctx context.Context) error {
	meetings := meet(r.known, r.release.Concepts)
	next := make([]Concept, len(meetings))
	for i, m := range meetings {
		next[i] = m.becomes(r.deps.IDs)
		r.ids[m.draft.URI], r.ids[next[i].URI], r.kinds[next[i].ID] = next[i].ID, next[i].ID, next[i].Kind
		r.count(m.draft.Kind)
	}
	for start := 0; start < len(meetings); start += chunk {
		end := min(start+chunk, len(meetings))
		if err := r.inTx(ctx, func(tx domain.Tx) error { return r.saveChunk(ctx, tx, meetings[start:end], next[start:end]) }); err != nil {
			return err
		}
		r.step(end - start)
	}
	return r.successors(ctx, meetings, next)
}

func (r *importRun) count(kind Kind) {
	if kind == Occupation {
		r.report.Occupations++
	} else {
		r.report.Skills++
	}
}

func (r *importRun) step(n int) {
	r.done += n
	r.progress(r.done, r.total)
}

func (r *importRun) saveChunk(ctx context.Context, tx domain.Tx, meetings []meeting, next []Concept) error {
	var save, gone []Concept
	incoming := make(map[domain.ID][]Label, len(next))
	for i, m := range meetings {
		incoming[next[i].ID] = m.draft.Labels
		if m.retire != nil {
			old := m.retire.Concept
			old.StarterID, old.Status, old.ReplacedBy = "", Obsolete, next[i].ID
			gone = append(gone, old)
			r.retired[old.ID] = true
		}
		switch {
		case m.known == nil:
			r.report.Added++
		case same(m.known.Concept, next[i]):
			continue
		case m.known.URI != next[i].URI || m.known.StarterID != next[i].StarterID:
			r.report.Met++
		default:
			r.report.Updated++
		}
		save = append(save, next[i])
	}
	r.report.Retired += len(gone)
	if err := r.deps.Store.SaveConcepts(ctx, tx, gone, r.version); err != nil {
		return err
	}
	if err := r.deps.Store.SaveConcepts(ctx, tx, save, r.version); err != nil {
		return err
	}
	return r.saveLabels(ctx, tx, incoming)
}

// same compares what a row holds besides labels.
func same(a, b Concept) bool {
	return a.Kind == b.Kind && a.URI == b.URI && a.StarterID == b.StarterID && a.ISCO == b.ISCO && a.SkillKind == b.SkillKind &&
		a.Status == b.Status && a.ReplacedBy == b.ReplacedBy
}

// saveLabels replaces the source's labels of some concepts.
func (r *importRun) saveLabels(ctx context.Context, tx domain.Tx, incoming map[domain.ID][]Label) error {
	ids := make([]domain.ID, 0, len(incoming))
	for id := range incoming {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	stored, err := r.deps.Store.Labels(ctx, tx, ids)
	if err != nil {
		return err
	}
	var remove, save []ConceptLabel
	for _, id := range ids {
		gone, put := labelChanges(stored[id], mergeLabels(stored[id], r.source, r.release.Languages[r.kinds[id]], incoming[id]))
		for _, l := range gone {
			remove = append(remove, ConceptLabel{id, l})
		}
		for _, l := range put {
			save = append(save, ConceptLabel{id, l})
		}
	}
	r.report.LabelsRemoved += len(remove)
	r.report.LabelsSaved += len(save)
	return r.deps.Store.ChangeLabels(ctx, tx, remove, save)
}

// words adds labels to concepts the release does not define.
func (r *importRun) words(ctx context.Context) error {
	incoming := map[domain.ID][]Label{}
	for uri, labels := range r.release.Words {
		if id, ok := r.ids[uri]; ok {
			incoming[id] = append(incoming[id], labels...)
		} else {
			r.report.Refused = append(r.report.Refused, Refusal{Field: uri, Reason: RefusedUnknown})
		}
	}
	ids := make([]domain.ID, 0, len(incoming))
	for id := range incoming {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	for part := range slices.Chunk(ids, chunk) {
		some := make(map[domain.ID][]Label, len(part))
		for _, id := range part {
			some[id] = incoming[id]
		}
		if err := r.inTx(ctx, func(tx domain.Tx) error { return r.saveLabels(ctx, tx, some) }); err != nil {
			return err
		}
	}
	return nil
}
