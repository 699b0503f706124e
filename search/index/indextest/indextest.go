// Package indextest reads an index as somebody would who got hold of its
// directory: for tests of what must not be in it.
package indextest

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/blevesearch/bleve/v2"
	index "github.com/blevesearch/bleve_index_api"
)

// Everything gives all that an index's directory holds, by where it was found:
// the bytes of every file, and every term and stored value of every field as
// Bleve reads them, for segments are compressed. The index must be closed.
func Everything(t *testing.T, root string) map[string][]byte {
	t.Helper()
	out := map[string][]byte{}
	must(t, filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		held, err := os.ReadFile(path)
		out[path] = held
		return err
	}))
	generations, err := filepath.Glob(filepath.Join(root, "*", "index_meta.json"))
	must(t, err)
	if len(generations) == 0 {
		t.Fatalf("there is no index in %s", root)
	}
	for _, meta := range generations {
		read(t, filepath.Dir(meta), out)
	}
	return out
}

func read(t *testing.T, dir string, out map[string][]byte) {
	t.Helper()
	b, err := bleve.OpenUsing(dir, map[string]any{"read_only": true})
	must(t, err)
	defer func() { _ = b.Close() }()
	fields, err := b.Fields()
	must(t, err)
	add := func(where string, what []byte) {
		out[dir+" "+where] = append(append(out[dir+" "+where], what...), '\n')
	}
	for _, field := range fields {
		dict, err := b.FieldDict(field)
		must(t, err)
		for {
			entry, err := dict.Next()
			must(t, err)
			if entry == nil {
				break
			}
			add("terms of "+field, []byte(entry.Term))
		}
		must(t, dict.Close())
	}
	inside, err := b.Advanced()
	must(t, err)
	reader, err := inside.Reader()
	must(t, err)
	defer func() { _ = reader.Close() }()
	ids, err := reader.DocIDReaderAll()
	must(t, err)
	defer func() { _ = ids.Close() }()
	for {
		internal, err := ids.Next()
		if errors.Is(err, io.EOF) || err == nil && internal == nil {
			return
		}
		must(t, err)
		id, err := reader.ExternalID(internal)
		must(t, err)
		add("ids", []byte(id))
		doc, err := reader.Document(id)
		must(t, err)
		doc.VisitFields(func(f index.Field) { add("stored "+f.Name(), f.Value()) })
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
