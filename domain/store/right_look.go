package store

import (
	"context"
	"fmt"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/rights"
)

// Rights implements rights.Store.
type Rights struct{}

// Rights keeps what people ask about their data, and what is held, kept and removed.
func (d *DB) Rights() Rights { return Rights{} }

type lookRow struct {
	Day       time.Time
	ActorRole string
	Agency    *string
	Employer  *string
	Action    string
	Reason    string
	Times     int
	People    int
	Last      time.Time
	Mark      string
	Sealed    sealed // an emergency's own words
}

func (r lookRow) toDomain(person domain.ID, o *opening) rights.Look {
	if words := o.text(person, emergencyColumn, r.Sealed); words != "" {
		r.Reason += ": " + words
	}
	return rights.Look{
		Day: domain.DateOf(r.Day), Last: r.Last.UTC(), Times: r.Times, People: r.People, Role: domain.Role(r.ActorRole),
		Agency: textOf(r.Agency), Employer: textOf(r.Employer), Action: r.Action, Reason: r.Reason,
	}
}

// Looks implements rights.Store. One line is what one office's people of one
// role did in one way on one day; what the person did is not in it, nor is what
// was refused: then nobody saw anything.
func (Rights) Looks(ctx context.Context, t domain.Tx, person domain.ID, cursor domain.Cursor) (domain.Listing[rights.Look], error) {
	const op = "store.Looks"
	after, mark := time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC), ""
	if cursor.After != "" {
		var micros int64
		if _, err := fmt.Sscanf(cursor.After, "%d.%32s", &micros, &mark); err != nil {
			return domain.Listing[rights.Look]{}, domain.Invalid(op, domain.Field("after", "error.cursor"))
		}
		after = time.UnixMicro(micros).UTC()
	}
	var rows []lookRow
	err := on(ctx, t).Raw(`SELECT g.*, a.name AS agency, coalesce(nullif(o.trade_name, ''), o.legal_name) AS employer, w.sealed FROM (
			SELECT (at AT TIME ZONE 'UTC')::date AS day, actor_role, agency_id, organisation_id, action, said AS reason, opened, count(*) AS times,
				count(DISTINCT actor_id) AS people, max(at) AS last,
				md5(concat_ws('|', (at AT TIME ZONE 'UTC')::date, actor_role, agency_id, organisation_id, action, said, opened)) AS mark
			FROM (SELECT *, CASE WHEN action LIKE 'emergency.%' OR reason = 'emergency' THEN reason ELSE '' END AS said,
					CASE WHEN action = 'emergency.open' THEN record_id END AS opened FROM audit_entries
				WHERE person_id = ? AND allowed AND actor_role NOT IN ('jobseeker', 'anonymous')) e
			GROUP BY 1, 2, 3, 4, 5, 6, 7) g
		LEFT JOIN agencies a ON a.id = g.agency_id LEFT JOIN employer_names o ON o.id = g.organisation_id
		LEFT JOIN rls.emergencies_said(?) w ON w.id = g.opened
		WHERE (g.last, g.mark) < (?, ?) ORDER BY g.last DESC, g.mark DESC LIMIT ?`,
		string(person), string(person), after, mark, cursor.Size()+1).Scan(&rows).Error
	if err != nil {
		return domain.Listing[rights.Look]{}, fault(op, err)
	}
	o, err := openAll(ctx, t, rows, func(r lookRow) domain.ID {
		if r.Sealed == nil {
			return ""
		}
		return person
	})
	if err != nil {
		return domain.Listing[rights.Look]{}, err
	}
	return listing(rows, cursor, func(r lookRow) rights.Look { return r.toDomain(person, o) }, func(r lookRow) string { return fmt.Sprintf("%d.%s", r.Last.UnixMicro(), r.Mark) }), o.err
}
