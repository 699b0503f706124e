package index

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/RoaringBitmap/roaring/v2"
	segment "github.com/blevesearch/scorch_segment_api/v2"
	zap "github.com/blevesearch/zapx/v17"
)

// format is how segments are written: Bleve's own, named here because the parts of a build are joined without it.
func format() *zap.ZapPlugin { return new(zap.ZapPlugin) }

// join makes one segment of those of all parts, in the place of the first: a question looks each of its terms up in every segment. Bleve's builder
// leaves one in each part, and what it notes beside is the file's name only.
func (b *builder) join() (err error) {
	segments := make([]segment.Segment, 0, len(b.parts))
	defer func() {
		for _, s := range segments {
			err = errors.Join(err, s.Close())
		}
	}()
	var first string
	for n := range b.parts {
		files, err := filepath.Glob(filepath.Join(b.part(n), "store", "*.zap"))
		if err != nil || len(files) != 1 {
			return fmt.Errorf("part %d has the segments %v: %w", n, files, err)
		}
		if n == 0 {
			first = files[0]
		}
		s, err := format().Open(files[0])
		if err != nil {
			return err
		}
		segments = append(segments, s)
	}
	whole := filepath.Join(b.dir, "joined")
	if _, _, err := format().Merge(segments, make([]*roaring.Bitmap, len(segments)), whole, nil, nil); err != nil {
		return err
	}
	for n := 1; n < len(b.parts); n++ {
		if err := os.RemoveAll(b.part(n)); err != nil {
			return err
		}
	}
	return os.Rename(whole, first)
}
