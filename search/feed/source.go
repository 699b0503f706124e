package feed

import (
	"context"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/matching"
)

// Source is the database as the feed sees it.
type Source interface {
	// Horizon is the position from which an index built from now on must read: all before it is visible to the methods below.
	Horizon(ctx context.Context) (matching.Position, error)
	// Latest is the position of the newest committed change.
	Latest(ctx context.Context) (matching.Position, error)
	// Changes gives at most limit changes after a position.
	Changes(ctx context.Context, after matching.Position, limit int) (matching.Changes, error)
	// People and Vacancies give the records that are searchable now; an id that is absent is gone.
	People(ctx context.Context, ids []domain.ID) ([]matching.PersonRecord, error)
	Vacancies(ctx context.Context, ids []domain.ID) ([]matching.VacancyRecord, error)
	// PeopleBetween gives the searchable people with ids from first to last; lore is that of the same build.
	PeopleBetween(ctx context.Context, first, last domain.ID, lore *matching.Lore) ([]matching.PersonRecord, error)
	// PeopleAfter and VacanciesAfter list searchable ids in order, at most limit after one of them.
	PeopleAfter(ctx context.Context, after domain.ID, limit int) ([]domain.ID, error)
	VacanciesAfter(ctx context.Context, after domain.ID, limit int) ([]domain.ID, error)
	// Listen calls wake after commits of changes until ctx ends or the connection breaks.
	Listen(ctx context.Context, wake func()) error
}
