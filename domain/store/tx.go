package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"gorm.io/gorm"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/seal"
)

// tx is the one implementation of domain.Tx.
type tx struct {
	g        *gorm.DB
	readOnly bool
	outcome  *domain.Replay
	decided  []domain.Decision
	vault    *vault
	keys     map[domain.ID]seal.SubjectKey // made here, and nobody else's before the commit
}

// Outcome notes what the act made, for the idempotency record.
func (t *tx) Outcome(kind string, id domain.ID, version int) {
	t.outcome = &domain.Replay{RecordKind: kind, ID: id, Version: version}
}

// Decided notes an answer of the policy, for the audit trail.
func (t *tx) Decided(d domain.Decision) {
	if !slices.Contains(t.decided, d) {
		t.decided = append(t.decided, d)
	}
}

// on gives the GORM handle of an open transaction. A Tx of another make is a
// mistake of the program.
func on(ctx context.Context, t domain.Tx) *gorm.DB {
	own, ok := t.(*tx)
	if !ok {
		panic(fmt.Sprintf("store: transaction of type %T was not opened here", t))
	}
	return own.g.WithContext(ctx)
}

// readOnly reports whether the transaction is a view, in which nothing may be locked.
func readOnly(t domain.Tx) bool {
	own, ok := t.(*tx)
	return ok && own.readOnly
}

// sqlTx gives the database/sql transaction, which the job queue needs.
func sqlTx(t domain.Tx) (*sql.Tx, error) {
	own, ok := t.(*tx)
	if !ok {
		return nil, fmt.Errorf("store: transaction of type %T was not opened here", t)
	}
	inner, ok := own.g.Statement.ConnPool.(*sql.Tx)
	if !ok {
		return nil, errors.New("store: no database/sql transaction underneath")
	}
	return inner, nil
}

// InTx implements domain.Transactor.
func (d *DB) InTx(ctx context.Context, actor domain.Actor, fn func(domain.Tx) error) error {
	return d.transact(ctx, actor, &sql.TxOptions{Isolation: sql.LevelReadCommitted}, fn)
}

// View implements domain.Transactor.
func (d *DB) View(ctx context.Context, actor domain.Actor, fn func(domain.Tx) error) error {
	actor.Once = domain.Once{}
	return d.transact(ctx, actor, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true}, fn)
}

func (d *DB) transact(ctx context.Context, actor domain.Actor, opt *sql.TxOptions, fn func(domain.Tx) error) (err error) {
	g := d.poolOf(actor).gorm.WithContext(ctx).Begin(opt)
	if g.Error != nil {
		return fault("store.Begin", g.Error)
	}
	t := &tx{g: g, readOnly: opt.ReadOnly, vault: d.vault}
	done := false
	defer func() {
		if !done {
			g.Rollback()
		}
	}()
	if err := identify(g, actor); err != nil {
		return err
	}
	once := actor.Once
	once.PayloadHash = d.vault.hash("payload", once.PayloadHash) // a form is short enough to be guessed
	if once.Key != "" {
		if err := replayed(g, once); err != nil {
			return err
		}
	}
	if err := fn(t); err != nil {
		g.Rollback()
		done = true
		return d.refused(ctx, actor, t.decided, err)
	}
	if once.Key != "" {
		if err := remember(g, once, t.outcome); err != nil {
			return err
		}
	}
	// Last, because it holds the head of the audit trail until the commit.
	if !opt.ReadOnly {
		if err := trail(g, actor, d.clock.Now(), t.allowed()); err != nil {
			return err
		}
	}
	if err := g.Commit().Error; err != nil {
		return fault("store.Commit", err)
	}
	done = true
	d.vault.remember(t.keys)
	if opt.ReadOnly {
		return d.seen(ctx, actor, t.allowed())
	}
	return nil
}

// rowRole is the role row-level rules know the actor by. An employer's program
// sees the rows an employer's member may see; what of them it may touch is the
// policy's, which gives it less. An agency's program sees no protected row.
func rowRole(a domain.Actor) string {
	if a.ForEmployer() {
		return string(domain.RoleEmployer)
	}
	return string(a.Role)
}

// identify tells the transaction who acts, for row-level rules. The settings
// end with the transaction.
func identify(g *gorm.DB, actor domain.Actor) error {
	err := g.Exec(`SELECT set_config('baara.role', ?, true), set_config('baara.user_id', ?, true),
		set_config('baara.person_id', ?, true), set_config('baara.agency_id', ?, true), set_config('baara.organisation_id', ?, true)`,
		rowRole(actor), string(actor.UserID), string(actor.PersonID), string(actor.AgencyID), string(actor.OrganisationID)).Error
	if err != nil {
		return fault("store.identify", err)
	}
	return nil
}
