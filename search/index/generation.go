package index

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"os"
	"runtime/debug"
	"sync/atomic"
	"time"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/keyword"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/mapping"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/matching"
)

// ErrRefused says that a generation must not be served: another format, another database, or not built to its end.
var ErrRefused = errors.New("index: generation refused")

// Generation is one index on disk. It may be searched by many at once; Finish, Apply and Position belong to one caller, the feed.
type Generation struct {
	dir     string
	builder *builder    // until Finish
	bleve   bleve.Index // from then on
	at      matching.Position
	kept    *keeper
	broken  atomic.Bool
}

// Keys of what is stored beside the documents.
var (
	keyFormat   = []byte("baara.format")
	keyComplete = []byte("baara.complete")
	keyPosition = []byte("baara.position")
	keyBuilt    = []byte("baara.built")
)

func createGeneration(dir string) (*Generation, error) {
	b, err := newBuilder(dir)
	if err != nil {
		return nil, err
	}
	return &Generation{dir: dir, builder: b, kept: newKeeper()}, nil
}

// openGeneration opens a finished generation of the database epoch.
func openGeneration(dir, epoch string) (*Generation, error) {
	if err := examine(dir, epoch, func(*Generation) error { return nil }); err != nil {
		return nil, err
	}
	b, err := openIndex(dir)
	if err != nil {
		return nil, err
	}
	g := &Generation{dir: dir, bleve: b, kept: newKeeper()}
	if err := g.accept(epoch); err != nil {
		return nil, errors.Join(err, b.Close())
	}
	return g, nil
}

func createIndex(dir string) (bleve.Index, error) {
	b, err := bleve.NewUsing(dir, fieldMapping(), scorch.Name, scorch.Name, storeConfig())
	if err != nil {
		return nil, fmt.Errorf("index: create generation: %w", err)
	}
	return b, nil
}

func openIndex(dir string) (bleve.Index, error) {
	b, err := bleve.OpenUsing(dir, storeConfig())
	if err != nil {
		return nil, fmt.Errorf("index: open generation: %w", err)
	}
	return b, nil
}

func (g *Generation) accept(epoch string) error {
	for key, want := range map[string]string{string(keyFormat): formatVersion, string(keyComplete): "yes"} {
		got, err := g.bleve.GetInternal([]byte(key))
		if err != nil {
			return fmt.Errorf("index: read %s: %w", key, err)
		}
		if string(got) != want {
			return fmt.Errorf("%w: %s is %q", ErrRefused, key, got)
		}
	}
	raw, err := g.bleve.GetInternal(keyPosition)
	if err != nil {
		return fmt.Errorf("index: read position: %w", err)
	}
	if g.at, err = unpackPosition(raw); err != nil {
		return fmt.Errorf("%w: position: %w", ErrRefused, err)
	}
	if g.at.Epoch != epoch {
		return fmt.Errorf("%w: made from another database", ErrRefused)
	}
	return nil
}

// Position tells how far in the feed the generation is complete.
func (g *Generation) Position() matching.Position { return g.at }

// Add writes documents, each record once, while the generation is being built; several may call it at once. An error may belong to an earlier call. It is not
// searchable by others before Finish and Live.Serve.
func (g *Generation) Add(docs []Document) error { return g.builder.add(docs) }

// Settle returns when all that was added is written or has failed: for measurements. It must not run beside Add.
func (g *Generation) Settle() { g.builder.waiting.Wait() }

// Finish marks the generation as built to its end, at a moment, and complete up to at.
func (g *Generation) Finish(at matching.Position, now time.Time) (err error) {
	builder := g.builder
	g.builder = nil
	if g.bleve, err = builder.finish(); err != nil {
		return err
	}
	b := g.bleve.NewBatch()
	b.SetInternal(keyBuilt, []byte(now.UTC().Format(time.RFC3339)))
	b.SetInternal(keyFormat, []byte(formatVersion))
	b.SetInternal(keyComplete, []byte("yes"))
	return g.commit(b, at)
}

// Apply writes changed documents and removes others, together with the position in the feed that follows from them: after a crash either all of it
// is there or none. What it wrote is searchable when it returns.
func (g *Generation) Apply(docs []Document, gone []domain.ID, at matching.Position) error {
	b := g.bleve.NewBatch()
	for _, d := range docs {
		if err := addTo(b, d); err != nil {
			return err
		}
	}
	for _, id := range gone {
		b.Delete(packID(id))
	}
	return g.commit(b, at)
}

func (g *Generation) commit(b *bleve.Batch, at matching.Position) error {
	raw, err := packPosition(at)
	if err != nil {
		return fmt.Errorf("index: position: %w", err)
	}
	b.SetInternal(keyPosition, raw)
	if err := g.write(b); err != nil {
		return err
	}
	g.at = at
	return nil
}

// A position carries a checksum: a wrong one would skip changes for ever.
func packPosition(at matching.Position) ([]byte, error) {
	raw, err := json.Marshal(at)
	return binary.BigEndian.AppendUint32(raw, crc32.ChecksumIEEE(raw)), err
}

func unpackPosition(raw []byte) (at matching.Position, err error) {
	n := len(raw) - checksumBytes
	if n < 0 || crc32.ChecksumIEEE(raw[:n]) != binary.BigEndian.Uint32(raw[n:]) {
		return at, errors.New("it is damaged")
	}
	err = json.Unmarshal(raw[:n], &at)
	return at, err
}

func addTo(b *bleve.Batch, d Document) error {
	doc, err := d.build()
	if err != nil {
		return err
	}
	if err := b.IndexAdvanced(doc); err != nil {
		return fmt.Errorf("index: document: %w", err)
	}
	return nil
}

func (g *Generation) write(b *bleve.Batch) (err error) {
	defer g.guard(&err)
	if err := g.bleve.Batch(b); err != nil {
		g.broken.Store(true)
		return fmt.Errorf("index: write: %w", err)
	}
	return nil
}

// Built tells when the generation was finished.
func (g *Generation) Built() (time.Time, error) {
	raw, err := g.bleve.GetInternal(keyBuilt)
	if err != nil || len(raw) == 0 { // made before this was noted
		return time.Time{}, err
	}
	return time.Parse(time.RFC3339, string(raw))
}

// Documents counts people and vacancies together.
func (g *Generation) Documents() (uint64, error) { return g.bleve.DocCount() }

// Broken reports that a write or a read failed in a way after which what Bleve holds in memory cannot be relied on, as on a full disk; what is
// on disk can. [Live.Reopen] mends it.
func (g *Generation) Broken() bool { return g.broken.Load() }

// guard turns a panic of Bleve, also one from a file that was cut while it was in use, into an error that marks the generation as broken.
func (g *Generation) guard(err *error) {
	if r := recover(); r != nil {
		g.broken.Store(true)
		*err = fmt.Errorf("index: it cannot be used any more: %v", r)
	}
}

// read lends the present state to do.
func (g *Generation) read(do func(*Snapshot) error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer g.guard(&err)
	inner, err := g.bleve.Advanced()
	if err != nil {
		return fmt.Errorf("index: read: %w", err)
	}
	r, err := inner.Reader()
	if err != nil {
		return fmt.Errorf("index: read: %w", err)
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	state, ok := r.(*scorch.IndexSnapshot)
	if !ok {
		return fmt.Errorf("index: read: %T is none of Bleve's own snapshots", r)
	}
	return do(newSnapshot(state, g.kept))
}

func (g *Generation) close() (err error) {
	defer g.guard(&err)
	if g.builder != nil {
		return g.builder.stop()
	}
	if g.bleve == nil { // it could not be finished
		return nil
	}
	if err := g.bleve.Close(); err != nil {
		return fmt.Errorf("index: close: %w", err)
	}
	return nil
}

func (g *Generation) destroy() error {
	return errors.Join(g.close(), os.RemoveAll(g.dir))
}

// lockPatience bounds the wait for a generation held by another process.
const lockPatience = 300 * time.Millisecond

// storeConfig bounds the wait for a lock held by another process. Batches are safe, which is the default: never set unsafe_batch.
//
// Every question looks its terms up in each segment, so few small segments matter more than few merges: changes come in batches of some dozen
// documents, and to merge five of those costs little.
func storeConfig() map[string]interface{} {
	return map[string]interface{}{
		"bolt_timeout": lockPatience.String(),
		"scorchMergePlanOptions": map[string]interface{}{
			"MaxSegmentsPerTier": 3, "SegmentsPerMergeTask": 6, "FloorSegmentSize": 5000, "TierGrowth": 10.0,
			"MaxSegmentSize": 5_000_000, "ReclaimDeletesWeight": 2.0,
		},
	}
}

// fieldMapping is empty on purpose: documents are built by hand, so Bleve must neither guess fields nor analyse anything.
func fieldMapping() *mapping.IndexMappingImpl {
	m := bleve.NewIndexMapping()
	m.DefaultMapping = bleve.NewDocumentDisabledMapping()
	m.DefaultAnalyzer = keyword.Name
	m.IndexDynamic, m.StoreDynamic, m.DocValuesDynamic = false, false, false
	return m
}
