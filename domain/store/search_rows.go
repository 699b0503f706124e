package store

import (
	"errors"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"github.com/baara-platform/baara/domain"
)

// who says which people a reading is of.
type who interface {
	// are is the condition that a person's id is among them. The columns are of
	// tables that are joined by it.
	are(columns ...string) clause.Expr
}

// listed is people by their ids.
type listed []domain.ID

func (l listed) are(columns ...string) clause.Expr {
	return gorm.Expr(columns[0]+` = ANY(?::uuid[])`, idArray(l))
}

// span is everybody from one id to another.
type span struct{ first, last domain.ID }

// are says it of every column: PostgreSQL concludes from p = r and p in a list
// or a range nothing about r.
func (s span) are(columns ...string) clause.Expr {
	var sql string
	var vars []any
	for i, c := range columns {
		if i > 0 {
			sql += ` AND `
		}
		sql += c + ` BETWEEN ?::uuid AND ?::uuid`
		vars = append(vars, string(s.first), string(s.last))
	}
	return gorm.Expr(sql, vars...)
}

// eachRow reads rows into variables and calls do after each: reading records of
// thousands, a third of the time went into GORM's way of filling structs and of
// noting what it had asked.
func eachRow(g *gorm.DB, query string, args, into []any, do func()) (err error) {
	rows, err := g.Raw(query, args...).Rows()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return err
		}
		do()
	}
	return rows.Err()
}
