package jobs

import (
	"context"
	"log/slog"
)

// quiet passes the queue's warnings and errors on; its routine goes to debug.
type quiet struct{ slog.Handler }

// Enabled leaves out what is less than a warning.
func (q quiet) Enabled(ctx context.Context, level slog.Level) bool {
	return level >= slog.LevelWarn && q.Handler.Enabled(ctx, level)
}
