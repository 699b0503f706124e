package feed

import (
	"context"
	"errors"
	"sync"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/matching"
	"github.com/baara-platform/baara/search/index"
)

// buildBatch is how many records a rebuild loads at once: large, because nobody waits for a single one.
const buildBatch = 4000

// behindBatch is how many changes are written at once by an index that is far behind.
const behindBatch = 1000

// buildReaders load records at the same time, so that neither the database nor this program waits for the other.
const buildReaders = 2

// build makes a new generation of everything searchable. It is complete up to the horizon taken before the first record was read; what changed
// meanwhile is read again from the feed.
func (f *Feed) build(ctx context.Context) (_ *index.Generation, err error) {
	from, err := f.source.Horizon(ctx)
	if err != nil {
		return nil, err
	}
	g, err := f.live.Create()
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, f.live.Discard(g))
		}
	}()
	f.progress(0)
	var stems index.Stems
	var lore matching.Lore
	var mu sync.Mutex
	done := 0
	add := func(docs []index.Document) error {
		mu.Lock()
		done += len(docs)
		f.progress(done)
		mu.Unlock()
		return g.Add(docs)
	}
	err = f.load(ctx, f.source.PeopleAfter, func(ctx context.Context, ids []domain.ID) error {
		records, err := f.source.PeopleBetween(ctx, ids[0], ids[len(ids)-1], &lore)
		if err != nil {
			return err
		}
		return add(personDocuments(records, &stems))
	})
	if err != nil {
		return nil, err
	}
	err = f.load(ctx, f.source.VacanciesAfter, func(ctx context.Context, ids []domain.ID) error {
		docs, err := f.vacancies(ctx, ids)
		if err != nil {
			return err
		}
		return add(docs)
	})
	if err != nil {
		return nil, err
	}
	return g, g.Finish(from, f.clock.Now())
}

// lister gives at most limit ids after one of them, in order.
type lister func(ctx context.Context, after domain.ID, limit int) ([]domain.ID, error)

// load walks over a list of ids in batches, several at a time. After an error it begins no other.
func (f *Feed) load(ctx context.Context, list lister, do func(context.Context, []domain.ID) error) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	batches := make(chan []domain.ID)
	var readers sync.WaitGroup
	for range buildReaders {
		readers.Go(func() {
			for ids := range batches {
				if err := do(ctx, ids); err != nil {
					stop(err)
				}
			}
		})
	}
	err := f.each(ctx, list, func(ids []domain.ID) error {
		select {
		case batches <- ids:
			return nil
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	})
	close(batches)
	readers.Wait()
	if cause := context.Cause(ctx); cause != nil {
		return cause // rather than what it led to
	}
	return err
}

// each walks over a list of ids in batches.
func (f *Feed) each(ctx context.Context, list lister, do func([]domain.ID) error) error {
	var last domain.ID
	for {
		ids, err := list(ctx, last, buildBatch)
		if err != nil {
			return err
		}
		if len(ids) == 0 {
			return nil
		}
		if err := do(ids); err != nil {
			return err
		}
		last = ids[len(ids)-1]
	}
}

func (f *Feed) people(ctx context.Context, ids []domain.ID, stems *index.Stems) ([]index.Document, error) {
	records, err := f.source.People(ctx, ids)
	return personDocuments(records, stems), err
}

func personDocuments(records []matching.PersonRecord, stems *index.Stems) []index.Document {
	docs := make([]index.Document, len(records))
	for i, r := range records {
		docs[i] = stems.Person(r)
	}
	return docs
}

func (f *Feed) vacancies(ctx context.Context, ids []domain.ID) ([]index.Document, error) {
	records, err := f.source.Vacancies(ctx, ids)
	docs := make([]index.Document, len(records))
	for i, r := range records {
		docs[i] = index.VacancyDocument(r)
	}
	return docs, err
}

// apply brings a generation up to what the feed holds now. It returns the last batch read, with an empty list.
func (f *Feed) apply(ctx context.Context, g *index.Generation) (matching.Changes, error) {
	for n := batch; ; n = behindBatch { // far behind, nobody waits for a single change
		ch, err := f.source.Changes(ctx, g.Position(), n)
		if err != nil || ch.Lost || len(ch.List) == 0 {
			return ch, err
		}
		if err := f.write(ctx, g, ch); err != nil {
			return ch, err
		}
		if !ch.More {
			ch.List = nil
			return ch, nil
		}
	}
}

// write puts the records of a batch as they are now into the index, once each, and removes those that are no longer searchable.
func (f *Feed) write(ctx context.Context, g *index.Generation, ch matching.Changes) error {
	gone := map[domain.ID]bool{}
	var people, vacancies []domain.ID
	for _, c := range ch.List {
		switch {
		case gone[c.ID]:
			continue
		case c.Person:
			people = append(people, c.ID)
		default:
			vacancies = append(vacancies, c.ID)
		}
		gone[c.ID] = true
	}
	docs, err := f.people(ctx, people, nil)
	if err != nil {
		return err
	}
	more, err := f.vacancies(ctx, vacancies)
	if err != nil {
		return err
	}
	docs = append(docs, more...)
	for _, d := range docs {
		delete(gone, d.ID())
	}
	ids := make([]domain.ID, 0, len(gone))
	for id := range gone {
		ids = append(ids, id)
	}
	return g.Apply(docs, ids, ch.Next)
}
