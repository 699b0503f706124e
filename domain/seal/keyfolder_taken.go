package seal

import (
	"bufio"
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/baara-platform/baara/domain"
)

// Keep implements Wrapper: a line a subject, its id and its key in base64.
func (f *KeyFolder) Keep(_ context.Context, id string, taken map[domain.ID][]byte) error {
	if _, err := f.key(id); err != nil {
		return err
	}
	var text bytes.Buffer
	for _, subject := range slices.Sorted(maps.Keys(taken)) {
		fmt.Fprintf(&text, "%s %s\n", subject, base64.StdEncoding.EncodeToString(taken[subject]))
	}
	if err := replaceFile(f.beside(id, takenSuffix), text.Bytes()); err != nil {
		return fmt.Errorf("seal: keep wrapped keys: %w", explained(err))
	}
	return nil
}

// Kept implements Wrapper.
func (f *KeyFolder) Kept(_ context.Context, id string) (map[domain.ID][]byte, error) {
	if !validKeyID(id) {
		return nil, ErrNoKey
	}
	text, err := os.ReadFile(f.beside(id, takenSuffix))
	if errors.Is(err, os.ErrNotExist) {
		return map[domain.ID][]byte{}, nil
	} else if err != nil {
		return nil, fmt.Errorf("seal: kept keys: %w", err)
	}
	return parseTaken(id, text)
}

func parseTaken(id string, text []byte) (map[domain.ID][]byte, error) {
	taken := map[domain.ID][]byte{}
	lines := bufio.NewScanner(bytes.NewReader(text))
	for lines.Scan() {
		subject, wrapped, ok := strings.Cut(lines.Text(), " ")
		raw, err := base64.StdEncoding.DecodeString(wrapped)
		if !ok || err != nil {
			return nil, fmt.Errorf("seal: line %d of %s%s is none", len(taken)+1, id, takenSuffix)
		}
		taken[domain.ID(subject)] = raw
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("seal: %s%s: %w", id, takenSuffix, err)
	}
	return taken, nil
}
