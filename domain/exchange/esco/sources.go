package esco

import (
	"archive/zip"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// maxFile bounds one unpacked file, so that a hostile archive ends.
const maxFile = 1 << 30

// source is one CSV file, wherever it lies.
type source struct {
	name string
	path string // of the file, or of the archive it is in
	open func() (io.ReadCloser, error)
}

// sources finds the CSV files of paths, in the order of their names. The
// returned function closes the archives.
func sources(paths []string) ([]source, func(), error) {
	var out []source
	var archives []*zip.ReadCloser
	closeAll := func() {
		for _, a := range archives {
			_ = a.Close()
		}
	}
	add := func(path string) error {
		switch strings.ToLower(filepath.Ext(path)) {
		case ".csv":
			out = append(out, source{filepath.Base(path), path, func() (io.ReadCloser, error) { return os.Open(path) }})
		case ".zip":
			archive, err := zip.OpenReader(path)
			if err != nil {
				return fmt.Errorf("esco: %s: %w", filepath.Base(path), err)
			}
			archives = append(archives, archive)
			for _, f := range archive.File {
				if strings.EqualFold(filepath.Ext(f.Name), ".csv") && !strings.HasPrefix(filepath.Base(f.Name), ".") {
					out = append(out, source{filepath.Base(f.Name), path, f.Open})
				}
			}
		}
		return nil
	}
	for _, path := range paths {
		err := filepath.WalkDir(path, func(path string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			return add(path)
		})
		if err != nil {
			closeAll()
			return nil, nil, fmt.Errorf("esco: %w", err)
		}
	}
	slices.SortStableFunc(out, func(a, b source) int { return strings.Compare(a.name, b.name) })
	return out, closeAll, nil
}
