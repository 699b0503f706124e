package feed

import (
	"context"
	"errors"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/matching"
	"github.com/baara-platform/baara/search/index"
)

// buildBatch is how many records a rebuild loads and writes at once: large, because nobody waits for a single one.
const buildBatch = 1000

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
	done := 0
	add := func(docs []index.Document) error {
		done += len(docs)
		f.progress(done)
		return g.Add(docs)
	}
	err = f.each(ctx, f.source.PeopleAfter, func(ids []domain.ID) error {
		docs, err := f.people(ctx, ids, &stems)
		if err != nil {
			return err
		}
		return add(docs)
	})
	if err != nil {
		return nil, err
	}
	err = f.each(ctx, f.source.VacanciesAfter, func(ids []domain.ID) error {
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

// each walks over a list of ids in batches.
func (f *Feed) each(ctx context.Context, list func(context.Context, domain.ID, int) ([]domain.ID, error), do func([]domain.ID) error) error {
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
	docs := make([]index.Document, len(records))
	for i, r := range records {
		docs[i] = stems.Person(r)
	}
	return docs, err
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
	for n := batch; ; n = buildBatch { // far behind, nobody waits for a single change
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
