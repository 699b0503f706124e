package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"

	"github.com/baara-platform/baara/domain/seal"
	"github.com/baara-platform/baara/domain/store"
)

// keyStore is the folder of keys.
func (s *Settings) keyStore() (seal.KeyStore, error) {
	if s.KeysDir != "" {
		return seal.KeyStore{Dir: s.KeysDir, Identity: s.IdentityKey}, nil
	}
	dir, err := s.dataDir()
	return seal.KeyStore{Dir: filepath.Join(dir, "keys"), Identity: s.IdentityKey}, err
}

// keys opens what opens the sealed columns. pairKeys comes before: nothing is
// made here.
func (s *Settings) keys() (store.Keys, error) {
	folder, err := s.keyStore()
	if err != nil {
		return store.Keys{}, err
	}
	wrapper, lookup, err := folder.Open()
	return store.Keys{Wrapper: wrapper, Lookup: lookup}, err
}

// openKeys holds that the keys are the database's, and opens them.
func openKeys(ctx context.Context, s *Settings, db *database) (store.Keys, *seal.Box, error) {
	folder, err := s.keyStore()
	if err != nil {
		return store.Keys{}, nil, err
	}
	if err := pairKeys(ctx, db, folder.Pair); err != nil {
		return store.Keys{}, nil, err
	}
	box, err := folder.Box()
	if err != nil {
		return store.Keys{}, nil, err
	}
	keys, err := s.keys()
	return keys, box, err
}

// pairKeys asks the store whether it is this database's, and keeps the answer
// where neither had anything yet.
func pairKeys(ctx context.Context, db *database, pair func(seal.Recorded) (seal.Pairing, error)) error {
	return withKeyWork(ctx, db, store.Keys{}, func(work store.KeyWork) error {
		recorded, err := work.Recorded(ctx)
		if err != nil {
			return err
		}
		p, err := pair(recorded)
		if err != nil || p == recorded.Pairing {
			return err
		}
		return work.Record(ctx, p)
	})
}

// withKeyWork opens the database with these keys, or with none.
func withKeyWork(ctx context.Context, db *database, keys store.Keys, do func(store.KeyWork) error) (err error) {
	records, err := store.Open(ctx, db.appURL, nil, store.Options{System: db.systemURL, MaxOpen: 4, Keys: keys})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, records.Close()) }()
	return do(records.KeyWork())
}

// mendKeys tries the keys before anybody is served. A database that was
// restored from an earlier day is brought to the keys of today. Where some keys
// are missing all the same, the people of the others are served; where all are,
// nobody would be.
func mendKeys(ctx context.Context, work store.KeyWork, log *slog.Logger) error {
	c, err := work.Check(ctx)
	if err != nil {
		return err
	}
	if len(c.Missing) > 0 {
		mended, err := work.Mend(ctx)
		if err != nil {
			return err
		}
		log.Warn("this database is from before keys were wrapped again: people were put under the keys of today",
			"found", mended.Found, "erased", mended.Erased, "lost", mended.Lost)
		if c, err = work.Check(ctx); err != nil {
			return err
		}
	}
	switch {
	case c.Keys > 0 && len(c.Missing) == c.Keys:
		return fmt.Errorf("%w: none of the %d wrapping keys of this database's people is in it. Bring it back from a backup: baara keys restore FILE", seal.ErrKeysLost, c.Keys)
	case c.Keys > 0 && len(c.Closed) == c.Keys:
		return fmt.Errorf("%w: of its wrapping keys none opens what this database says it does", seal.ErrKeysWrong)
	case len(c.Missing)+len(c.Closed) > 0:
		log.Error("wrapping keys are missing or do not open: the people under them cannot be read until they are back: baara keys restore FILE",
			"keys", c.Keys, "missing", c.Missing, "closed", c.Closed)
	}
	return nil
}
