package index

import (
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"

	"github.com/blevesearch/bleve/v2"
	segment "github.com/blevesearch/scorch_segment_api/v2"
	"go.etcd.io/bbolt"
)

// examine opens the generation in dir without changing it, lends it to look, and says whether it may be served for the database epoch. Nothing
// runs in the background meanwhile, which would stumble over damage where nobody can catch it.
func examine(dir, epoch string, look func(*Generation) error) (err error) {
	// A damaged file can lead anywhere, also out of the mapped memory.
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%w: it cannot be read: %v", ErrRefused, r)
		}
	}()
	if err := readable(filepath.Join(dir, "store", "root.bolt")); err != nil {
		return fmt.Errorf("%w: %w", ErrRefused, err)
	}
	config := storeConfig()
	config["read_only"] = true
	b, err := bleve.OpenUsing(dir, config)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrRefused, err)
	}
	defer func() { _ = b.Close() }()
	g := &Generation{dir: dir, bleve: b, kept: newKeeper()}
	if err := g.accept(epoch); err != nil {
		return err
	}
	if err := g.read(intact); err != nil {
		return err
	}
	return look(g)
}

// readable walks over every page of the file that says which segments there are, the list of free pages included, which is only read for writing.
func readable(path string) (err error) {
	db, err := bbolt.Open(path, 0o600, &bbolt.Options{ReadOnly: true, PreLoadFreelist: true, Timeout: lockPatience})
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	return db.View(func(tx *bbolt.Tx) error {
		if err := tx.ForEach(func(_ []byte, b *bbolt.Bucket) error { return walk(b) }); err != nil {
			return err
		}
		rewrite(tx)
		return nil
	})
}

// rewrite writes to a copy of the file until every page has been given back and every free one used. It panics where the list of free pages is
// damaged. Bleve, writing later, would survive that panic with the file locked, and wait for itself when it is closed. Errors say
// nothing about the file, as there may be no room for a copy.
func rewrite(tx *bbolt.Tx) {
	dir, err := os.MkdirTemp("", "baara-index-")
	if err != nil {
		return
	}
	defer func() { _ = os.RemoveAll(dir) }()
	path := filepath.Join(dir, "root.bolt")
	if err := tx.CopyFile(path, 0o600); err != nil {
		return
	}
	db, err := bbolt.Open(path, 0o600, &bbolt.Options{NoSync: true})
	if err != nil {
		return
	}
	pages, whole := int(tx.Size())/db.Info().PageSize, make([]byte, db.Info().PageSize*3/4)
	write := func(do func(*bbolt.Tx) error) {
		if err == nil {
			err = db.Update(do)
		}
	}
	write(func(tx *bbolt.Tx) error {
		return tx.ForEach(func(name []byte, _ *bbolt.Bucket) error { return tx.DeleteBucket(name) })
	})
	write(func(tx *bbolt.Tx) error {
		b, err := tx.CreateBucket([]byte("fill"))
		for n := 0; n < pages && err == nil; n++ {
			err = b.Put(binary.BigEndian.AppendUint32(nil, uint32(n)), whole)
		}
		return err
	})
	_ = db.Close() // not after a panic: the lock is held for good then
}

func walk(b *bbolt.Bucket) error {
	return b.ForEach(func(name, value []byte) error {
		if inner := b.Bucket(name); value == nil && inner != nil {
			return walk(inner)
		}
		return nil
	})
}

// intact reads every segment and compares it with the checksum at its end, which Bleve writes and does not look at: it would follow a flipped bit
// to the wrong person. Reading costs a second for some hundred megabytes, once a start. Files that a crash left behind belong to no segment.
func intact(s *Snapshot) error {
	for _, seg := range s.Segments {
		if on, ok := seg.data.(segment.PersistedSegment); ok {
			if err := intactFile(on.Path()); err != nil {
				return err
			}
		}
	}
	return nil
}

const checksumBytes = 4

func intactFile(path string) (err error) {
	f, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("index: check: %w", err)
	}
	defer func() { _ = f.Close() }()
	info, err := f.Stat()
	if err != nil {
		return fmt.Errorf("index: check: %w", err)
	}
	if info.Size() < checksumBytes {
		return fmt.Errorf("%w: %s is cut short", ErrRefused, filepath.Base(path))
	}
	sum := crc32.NewIEEE()
	if _, err := io.CopyN(sum, f, info.Size()-checksumBytes); err != nil {
		return fmt.Errorf("index: check: %w", err)
	}
	var end [checksumBytes]byte
	if _, err := io.ReadFull(f, end[:]); err != nil {
		return fmt.Errorf("index: check: %w", err)
	}
	if binary.BigEndian.Uint32(end[:]) != sum.Sum32() {
		return fmt.Errorf("%w: %s is damaged", ErrRefused, filepath.Base(path))
	}
	return nil
}
