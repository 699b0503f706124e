package main

import (
	"path/filepath"

	"github.com/baara-platform/baara/domain/seal"
	"github.com/baara-platform/baara/domain/store"
)

// keys opens the keys of what people confide, which are kept beside the
// database and never in it.
func (s *Settings) keys() (store.Keys, error) {
	dir, err := s.dataDir()
	if err != nil {
		return store.Keys{}, err
	}
	box, err := s.identityBox()
	if err != nil {
		return store.Keys{}, err
	}
	folder, err := seal.OpenKeyFolder(filepath.Join(dir, "keys", "people"))
	if err != nil {
		return store.Keys{}, err
	}
	return store.Keys{Wrapper: folder, Lookup: seal.NewLookup(box.Derive("look-ups"))}, nil
}
