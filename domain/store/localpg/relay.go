package localpg

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"sync"
)

// keptLines is how much of PostgreSQL's output goes into an error.
const keptLines = 8

// relay turns PostgreSQL's output into log records and keeps the last lines.
type relay struct {
	log *slog.Logger

	mu      sync.Mutex
	partial []byte
	last    []string
}

func newRelay(log *slog.Logger) *relay { return &relay{log: log.With("from", "postgres")} }

// Write takes any cut of the stream and passes on whole lines.
func (r *relay) Write(p []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.partial = append(r.partial, p...)
	for {
		line, rest, whole := bytes.Cut(r.partial, []byte{'\n'})
		if !whole {
			return len(p), nil
		}
		r.line(string(line))
		r.partial = rest
	}
}

func (r *relay) line(line string) {
	line = strings.TrimSpace(line)
	if line == "" {
		return
	}
	r.last = append(r.last, line)
	if len(r.last) > keptLines {
		r.last = r.last[1:]
	}
	level := slog.LevelDebug
	if strings.HasPrefix(line, "PANIC:") { // FATAL also means "still starting" and "session cut by the shutdown"
		level = slog.LevelError
	}
	r.log.Log(context.Background(), level, line)
}

func (r *relay) lastWords() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return strings.Join(r.last, " | ")
}
