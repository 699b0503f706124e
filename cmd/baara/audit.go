package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/baara-platform/baara/cmd/wire"
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/audit"
)

type auditCmd struct {
	Verify auditVerifyCmd `cmd:"" help:"Read the whole audit trail and say whether it holds."`
	Anchor auditAnchorCmd `cmd:"" help:"Print where the trail ends and keep it in a second place."`
}

// anchorFile is where anchors are kept unless told otherwise.
func (s *Settings) anchorFile(given string) (string, error) {
	if given != "" {
		return given, nil
	}
	dir, err := s.dataDir()
	return filepath.Join(dir, "audit-anchors.jsonl"), err
}

type auditVerifyCmd struct {
	Anchors string `env:"BAARA_AUDIT_ANCHORS" help:"File with anchors, one a line. Default: audit-anchors.jsonl in the data directory." type:"path"`
}

// Run verifies; a broken chain is an error.
func (c *auditVerifyCmd) Run(ctx context.Context, s *Settings) error {
	path, err := s.anchorFile(c.Anchors)
	if err != nil {
		return err
	}
	anchors, err := readAnchors(path)
	if err != nil {
		return err
	}
	return withUseCases(ctx, s, func(core *wire.Core) error {
		bar, start := newProgress(os.Stderr, "audit"), time.Now()
		n, err := core.Trail.Verify(ctx, domain.System(), anchors, func(done, whole int64) {
			bar.show(done, whole, fmt.Sprintf("%d entries", done))
		})
		if err != nil {
			return err
		}
		bar.end(fmt.Sprintf("%d entries", n))
		fmt.Printf("The trail holds: %d entries, %d anchors, %.1f s.\n", n, len(anchors), time.Since(start).Seconds())
		return nil
	})
}

type auditAnchorCmd struct {
	To string `env:"BAARA_AUDIT_ANCHORS" help:"File to add the anchor to: on another machine's disk, or a medium that cannot be written twice. Default: audit-anchors.jsonl in the data directory." type:"path"`
}

// Run reads the chains' heads, prints it and adds it to the file.
func (c *auditAnchorCmd) Run(ctx context.Context, s *Settings) error {
	path, err := s.anchorFile(c.To)
	if err != nil {
		return err
	}
	return withUseCases(ctx, s, func(core *wire.Core) error {
		anchor, err := core.Trail.Anchor(ctx, domain.System())
		if err != nil {
			return err
		}
		line, err := json.Marshal(anchor)
		if err != nil {
			return err
		}
		if err := appendLine(path, line); err != nil {
			return err
		}
		fmt.Printf("%s\n", line)
		if c.To == "" {
			fmt.Fprintf(os.Stderr, "Added to %s, beside the data it vouches for: give --to a place that the database's keepers cannot write.\n", path)
		}
		return nil
	})
}

func appendLine(path string, line []byte) (err error) {
	file, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("anchors: %w", err)
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	if _, err := file.Write(append(line, '\n')); err != nil {
		return fmt.Errorf("anchors: %w", err)
	}
	return file.Sync()
}

// readAnchors reads a file of anchors; none is no mistake, a line that is not one is.
func readAnchors(path string) ([]audit.Anchor, error) {
	file, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("anchors: %w", err)
	}
	defer func() { _ = file.Close() }()
	var out []audit.Anchor
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		var anchor audit.Anchor
		if err := json.Unmarshal(lines.Bytes(), &anchor); err != nil || len(anchor.Heads) == 0 {
			return nil, fmt.Errorf("anchors: line %d of %s is none", len(out)+1, path)
		}
		out = append(out, anchor)
	}
	return out, lines.Err()
}
