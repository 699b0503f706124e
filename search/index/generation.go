package index

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
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

// Generation is one index on disk. It may be searched by many at once; Add, Finish, Apply and Position belong to one caller, the feed.
type Generation struct {
	dir   string
	bleve bleve.Index
	at    matching.Position
}

// Keys of what is stored beside the documents.
var (
	keyFormat   = []byte("baara.format")
	keyComplete = []byte("baara.complete")
	keyPosition = []byte("baara.position")
	keyBuilt    = []byte("baara.built")
)

func createGeneration(dir string) (*Generation, error) {
	b, err := bleve.NewUsing(dir, fieldMapping(), scorch.Name, scorch.Name, storeConfig())
	if err != nil {
		return nil, fmt.Errorf("index: create generation: %w", err)
	}
	return &Generation{dir: dir, bleve: b}, nil
}

// openGeneration opens a finished generation of the database epoch.
func openGeneration(dir, epoch string) (*Generation, error) {
	b, err := bleve.OpenUsing(dir, storeConfig())
	if err != nil {
		return nil, fmt.Errorf("index: open generation: %w", err)
	}
	g := &Generation{dir: dir, bleve: b}
	if err := g.accept(epoch); err != nil {
		return nil, errors.Join(err, b.Close())
	}
	return g, nil
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
	if err := json.Unmarshal(raw, &g.at); err != nil {
		return fmt.Errorf("%w: position: %w", ErrRefused, err)
	}
	if g.at.Epoch != epoch {
		return fmt.Errorf("%w: made from another database", ErrRefused)
	}
	return nil
}

// Position tells how far in the feed the generation is complete.
func (g *Generation) Position() matching.Position { return g.at }

// Add writes documents while the generation is being built. It is not searchable by others before Finish and Live.Serve.
func (g *Generation) Add(docs []Document) error {
	b := g.bleve.NewBatch()
	for _, d := range docs {
		if err := addTo(b, d); err != nil {
			return err
		}
	}
	return g.write(b)
}

// Finish marks the generation as built to its end, at a moment, and complete up to at.
func (g *Generation) Finish(at matching.Position, now time.Time) error {
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
	raw, err := json.Marshal(at)
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

func (g *Generation) write(b *bleve.Batch) error {
	if err := g.bleve.Batch(b); err != nil {
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

// Search runs a request on this generation alone.
func (g *Generation) Search(ctx context.Context, req *bleve.SearchRequest) (*bleve.SearchResult, error) {
	return g.bleve.SearchInContext(ctx, req)
}

func (g *Generation) close() error {
	if err := g.bleve.Close(); err != nil {
		return fmt.Errorf("index: close: %w", err)
	}
	return nil
}

func (g *Generation) destroy() error {
	return errors.Join(g.close(), os.RemoveAll(g.dir))
}

// storeConfig bounds the wait for a lock held by another process. Batches are safe, which is the default: never set unsafe_batch.
func storeConfig() map[string]interface{} {
	return map[string]interface{}{"bolt_timeout": "300ms"}
}

// fieldMapping is empty on purpose: documents are built by hand, so Bleve must neither guess fields nor analyse anything.
func fieldMapping() mapping.IndexMapping {
	m := bleve.NewIndexMapping()
	m.DefaultMapping = bleve.NewDocumentDisabledMapping()
	m.DefaultAnalyzer = keyword.Name
	m.IndexDynamic, m.StoreDynamic, m.DocValuesDynamic = false, false, false
	return m
}
