package index

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"sync"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/document"
	"github.com/blevesearch/bleve/v2/mapping"
)

// builder writes a generation from nothing, as one segment, in a quarter of the time that changing an index takes: nobody reads it before it is
// whole, so nothing need be safe before. It works while its caller loads the next records. Bleve's own builder turns one document after the
// other into lists, so each processor has one, and what they made is joined at the end.
type builder struct {
	dir     string
	work    chan []Document
	workers sync.WaitGroup
	waiting sync.WaitGroup // for batches that were handed over
	mu      sync.Mutex     // of the three below
	parts   []bleve.Builder
	err     error
	failed  chan struct{} // closed when err is set
}

const (
	builderBatch = 4000 // documents each part holds in memory, some 10 kB each
	builderMerge = 40   // segments merged at once: those of a million documents are merged twice
	builderParts = 4    // at most
)

func newBuilder(dir string) (*builder, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("index: create generation: %w", err)
	}
	b := &builder{dir: dir, work: make(chan []Document), failed: make(chan struct{})}
	for range min(runtime.GOMAXPROCS(0), builderParts) {
		b.workers.Go(b.run)
	}
	return b, nil
}

func (b *builder) run() {
	var part bleve.Builder
	for docs := range b.work {
		if err := b.index(&part, docs); err != nil {
			b.fail(err)
		}
		b.waiting.Done()
	}
}

// index adds documents to a worker's part, which begins with its first one: Bleve cannot build an empty one.
func (b *builder) index(part *bleve.Builder, docs []Document) (err error) {
	for _, d := range docs {
		if *part == nil {
			if *part, err = b.begin(); err != nil {
				return err
			}
		}
		if err := (*part).Index(packID(d.id), d); err != nil {
			return fmt.Errorf("index: document: %w", err)
		}
	}
	return nil
}

func (b *builder) begin() (bleve.Builder, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	dir := b.part(len(b.parts))
	part, err := bleve.NewBuilder(dir, readyMade{fieldMapping()}, map[string]interface{}{
		"batchSize": builderBatch, "mergeMax": builderMerge, "buildPathPrefix": dir,
		"forceSegmentType": format().Type(), "forceSegmentVersion": int(format().Version()),
	})
	if err != nil {
		return nil, fmt.Errorf("index: create generation: %w", err)
	}
	b.parts = append(b.parts, part)
	return part, nil
}

// part is the directory of a part: the first becomes the whole.
func (b *builder) part(n int) string {
	if n == 0 {
		return b.dir
	}
	return filepath.Join(b.dir, fmt.Sprintf("part%d", n))
}

func (b *builder) fail(err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.err == nil {
		b.err = err
		close(b.failed)
	}
}

// add hands documents over. An error may belong to earlier ones.
func (b *builder) add(docs []Document) error {
	b.waiting.Add(1)
	select {
	case b.work <- docs:
		return nil
	case <-b.failed:
		b.waiting.Done()
		return b.err
	}
}

// stop ends the work; the files are of no use to anybody then.
func (b *builder) stop() error {
	close(b.work)
	b.workers.Wait()
	return b.err
}

// finish writes what is left, joins the parts and opens the index.
func (b *builder) finish() (bleve.Index, error) {
	if err := b.stop(); err != nil {
		return nil, err
	}
	if len(b.parts) == 0 {
		if err := os.RemoveAll(b.dir); err != nil {
			return nil, fmt.Errorf("index: build: %w", err)
		}
		return createIndex(b.dir)
	}
	ends := make([]error, len(b.parts))
	for n, part := range b.parts {
		b.workers.Go(func() { ends[n] = part.Close() })
	}
	b.workers.Wait()
	err := errors.Join(ends...)
	if err == nil && len(b.parts) > 1 {
		err = b.join()
	}
	if err != nil {
		return nil, fmt.Errorf("index: build: %w", err)
	}
	return openIndex(b.dir)
}

// readyMade takes documents as they are: there is nothing to map.
type readyMade struct{ *mapping.IndexMappingImpl }

// MapDocument implements mapping.IndexMapping.
func (readyMade) MapDocument(doc *document.Document, data interface{}) error {
	d, ok := data.(Document)
	if !ok {
		return errors.New("index: not a document of ours")
	}
	return d.fill(doc)
}
