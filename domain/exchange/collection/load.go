package collection

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"runtime"
	"slices"
	"sync"

	"github.com/baara-platform/baara/domain"
)

// Options say how a file is loaded.
type Options struct {
	Source string // the other system's name; ids are its
	// Stamp changes when the same record would now be stored differently: with
	// the taxonomy, the basis of consent. Records of another stamp are read again.
	Stamp   string
	Batch   int            // records a transaction; 0 means 400
	Workers int            // at once; 0 means one a processor
	Done    func(rows int) // told after every batch; may be nil
}

// Report says what became of a file's records.
type Report struct {
	Read     int
	Added    int
	Changed  int
	Same     int
	Refused  int
	Problems []Problem // of refused records and of fields left out, in the order of lines
	LeftOut  int       // fields
}

// Ledger remembers what was imported, by external id.
type Ledger interface {
	Known(ctx context.Context, source string, fingerprints map[string]string) (map[string]bool, error)
	Note(ctx context.Context, source string, fingerprints map[string]string) error
}

// Counts are what one transaction did.
type Counts struct{ Added, Changed, Same int }

// Target is what the records are to become.
type Target[P any] interface {
	Ledger
	// Prepare reads and checks a record, without a transaction.
	Prepare(ctx context.Context, body []byte) (P, []Problem, error)
	// Write stores prepared records in one transaction.
	Write(ctx context.Context, source string, rows []P) (Counts, error)
}

// Load brings every record of a source to its target: one goroutine reads,
// several prepare and write batches side by side. It ends at the first error
// that is not about a record; what was written stays, and loading again goes on.
func Load[P any](ctx context.Context, src Source, to Target[P], opt Options) (Report, error) {
	if opt.Batch == 0 {
		opt.Batch = 400
	}
	if opt.Workers == 0 {
		opt.Workers = runtime.GOMAXPROCS(0)
	}
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	l := &loader[P]{to: to, opt: opt, batches: make(chan []Record, opt.Workers)}
	var workers sync.WaitGroup
	for range opt.Workers {
		workers.Go(func() {
			for batch := range l.batches {
				if err := l.batch(ctx, batch); err != nil {
					stop(err)
				}
			}
		})
	}
	err := l.read(ctx, src)
	close(l.batches)
	workers.Wait()
	l.sort()
	if cause := context.Cause(ctx); cause != nil {
		err = cause
	}
	return l.report, err
}

type loader[P any] struct {
	to      Target[P]
	opt     Options
	batches chan []Record

	mu     sync.Mutex
	report Report
}

// read fills batches. Of records with one id the first counts.
func (l *loader[P]) read(ctx context.Context, src Source) error {
	seen := map[string]bool{}
	batch := make([]Record, 0, l.opt.Batch)
	send := func() error {
		select {
		case l.batches <- batch:
			batch = make([]Record, 0, l.opt.Batch)
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	for {
		r, err := src.Next()
		if errors.Is(err, io.EOF) {
			return send()
		}
		if err != nil {
			return errors.Join(send(), fmt.Errorf("collection: the file cannot be read further: %w", err))
		}
		if r.ID != "" && seen[r.ID] {
			r.Problems = append(r.Problems, Problem{Field: "id", Reason: ReasonTwice})
		}
		seen[r.ID] = true
		if batch = append(batch, r); len(batch) == l.opt.Batch {
			if err := send(); err != nil {
				return err
			}
		}
	}
}

// prepared is a record that is ready to be written.
type prepared[P any] struct {
	Record
	print string
	row   P
}

// batch passes over known records, prepares the others and writes them.
func (l *loader[P]) batch(ctx context.Context, batch []Record) error {
	prints := make(map[string]string, len(batch))
	for _, r := range batch {
		prints[r.ID] = l.print(r.Body)
	}
	known, err := l.to.Known(ctx, l.opt.Source, prints)
	if err != nil {
		return err
	}
	var rows []prepared[P]
	var out Report
	for _, r := range batch {
		if err := ctx.Err(); err != nil {
			return err
		}
		out.Read++
		print := l.print(r.Body)
		problems := r.Problems
		if len(problems) == 0 {
			if known[r.ID] && prints[r.ID] == print { // a file may say one id twice
				out.Same++
				continue
			}
			var row P
			if row, problems, err = l.to.Prepare(ctx, r.Body); err != nil {
				return err
			}
			if !refused(problems) {
				rows = append(rows, prepared[P]{r, print, row})
			}
		}
		out.note(r.Line, problems)
	}
	return errors.Join(l.write(ctx, rows, &out), l.add(out))
}

// print is the fingerprint of a record.
func (l *loader[P]) print(body []byte) string {
	sum := sha256.New()
	sum.Write([]byte(l.opt.Stamp))
	sum.Write([]byte{0})
	sum.Write(body)
	return base64.RawStdEncoding.EncodeToString(sum.Sum(nil)[:18])
}

// write stores records; when the database refuses one of them, each by itself,
// so that one record costs one record.
func (l *loader[P]) write(ctx context.Context, rows []prepared[P], out *Report) error {
	if len(rows) == 0 {
		return nil
	}
	counts, err := l.writeAgain(ctx, rows)
	if err == nil {
		out.Added, out.Changed, out.Same = out.Added+counts.Added, out.Changed+counts.Changed, out.Same+counts.Same
		prints := make(map[string]string, len(rows))
		for _, r := range rows {
			prints[r.ID] = r.print
		}
		return l.to.Note(ctx, l.opt.Source, prints)
	}
	problems := problemsOf(err)
	if problems == nil {
		return err
	}
	if len(rows) == 1 {
		out.note(rows[0].Line, problems)
		return nil
	}
	for i := range rows {
		if err := l.write(ctx, rows[i:i+1], out); err != nil {
			return err
		}
	}
	return nil
}

// writeAgain tries a few times when somebody else was at the same records.
func (l *loader[P]) writeAgain(ctx context.Context, rows []prepared[P]) (counts Counts, err error) {
	list := make([]P, len(rows))
	for i, r := range rows {
		list[i] = r.row
	}
	for range 3 {
		counts, err = l.to.Write(ctx, l.opt.Source, list)
		if kind := domain.KindOf(err); kind != domain.KindStale && kind != domain.KindUnavailable {
			break
		}
	}
	return counts, err
}

// note counts and keeps the problems of one record.
func (r *Report) note(line int, problems []Problem) {
	if refused(problems) {
		r.Refused++
	}
	for _, p := range problems {
		p.Line = line
		if p.LeftOut {
			r.LeftOut++
		}
		r.Problems = append(r.Problems, p)
	}
}

func (l *loader[P]) add(part Report) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	r := &l.report
	r.Read, r.Added, r.Changed, r.Same = r.Read+part.Read, r.Added+part.Added, r.Changed+part.Changed, r.Same+part.Same
	r.Refused, r.LeftOut, r.Problems = r.Refused+part.Refused, r.LeftOut+part.LeftOut, append(r.Problems, part.Problems...)
	if l.opt.Done != nil {
		l.opt.Done(r.Read)
	}
	return nil
}

func (l *loader[P]) sort() {
	slices.SortStableFunc(l.report.Problems, func(a, b Problem) int { return a.Line - b.Line })
}
