package store

import (
	"context"
	"database/sql"
	"errors"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	"gorm.io/gorm"

	"github.com/baara-platform/baara/domain"
)

// fault turns a database error into the product's own. The constraint's name
// makes the message key ("error.constraint.applications_live"); values never
// travel.
func fault(op string, err error) error {
	if err == nil {
		return nil
	}
	var own *domain.Error
	if errors.As(err, &own) {
		return err
	}
	if errors.Is(err, gorm.ErrRecordNotFound) || errors.Is(err, sql.ErrNoRows) {
		return domain.NotFound(op)
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return domain.Unavailable(op, err)
	}
	var pg *pgconn.PgError
	if !errors.As(err, &pg) {
		var connect *pgconn.ConnectError
		if errors.As(err, &connect) {
			return domain.Unavailable(op, redact(err))
		}
		return &domain.Error{Op: op, Err: err}
	}
	cause := &pgconn.PgError{Severity: pg.Severity, Code: pg.Code, Message: pg.Message, ConstraintName: pg.ConstraintName, TableName: pg.TableName}
	switch pg.Code {
	case "23505": // unique_violation
		return &domain.Error{Kind: domain.KindConflict, Op: op, Key: "error.constraint." + pg.ConstraintName, Err: cause}
	case "23503": // foreign_key_violation
		return &domain.Error{Kind: domain.KindInvalid, Op: op, Key: "error.reference", Err: cause}
	case "23514", "22001", "22003", "22007", "22008", "22021", "22P02", "23502": // a value the schema refuses
		return &domain.Error{Kind: domain.KindInvalid, Op: op, Key: "error.value", Err: cause}
	case "40001", "40P01", "55P03", "53300", "57014": // serialisation, deadlock, lock, connections, cancelled
		return domain.Unavailable(op, cause)
	}
	return &domain.Error{Op: op, Err: cause}
}

// redact keeps a connection string's password out of an error.
func redact(err error) error {
	text := err.Error()
	if i := strings.Index(text, "password="); i >= 0 {
		text = text[:i] + "password=…"
	}
	if i := strings.Index(text, "://"); i >= 0 {
		text = text[:i] + "://…"
	}
	return errors.New(text)
}

// touched turns "no row was updated" into Stale: the caller loaded the record,
// so only its version can differ.
func touched(op string, result *gorm.DB) error {
	if result.Error != nil {
		return fault(op, result.Error)
	}
	if result.RowsAffected == 0 {
		return domain.Stale(op)
	}
	return nil
}
