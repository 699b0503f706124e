package main

import (
	"encoding/csv"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// reportRefused writes the rows an import refused to a CSV file and says where.
// Nothing is written when nothing was refused. The file names lines and
// fields, never what stood there.
func (s *Settings) reportRefused(path, what, header string, rows [][]string) (err error) {
	if len(rows) == 0 {
		return nil
	}
	if path == "" {
		dir, err := s.dataDir()
		if err != nil {
			return err
		}
		dir = filepath.Join(dir, "reports")
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return fmt.Errorf("report: %w", err)
		}
		path = filepath.Join(dir, fmt.Sprintf("import-%s-%s.csv", what, time.Now().UTC().Format("20060102-150405")))
	}
	file, err := os.Create(path)
	if err != nil {
		return fmt.Errorf("report: %w", err)
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	out := csv.NewWriter(file)
	if err := out.Write(strings.Split(header, ",")); err != nil {
		return fmt.Errorf("report: %w", err)
	}
	if err := out.WriteAll(rows); err != nil {
		return fmt.Errorf("report: %w", err)
	}
	fmt.Printf("What was refused or left out, with lines and reasons: %s\n", path)
	return nil
}
