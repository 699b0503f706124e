package store

import (
	"context"
	"regexp"
	"strings"
	"time"

	"gorm.io/gorm"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/identity"
)

// Users implements identity.UserStore.
type Users struct{}

// Users keeps accounts and their memberships.
func (d *DB) Users() Users { return Users{} }

type userRow struct {
	ID            string
	Role          string
	Name          string
	Email         *string
	Phone         *string
	PasswordHash  *string
	PasswordUntil *time.Time
	PersonID      *string
	Language      string
	CreatedAt     time.Time
	DisabledAt    *time.Time
	Demo          bool
	Version       int
	PhoneHash     *string // of a jobseeker, as is what follows
	EmailHash     *string
	Sealed        sealed

	OpensID        *string `gorm:"->;-:migration"` // the person whose file the account opens
	AgencyID       *string `gorm:"->;-:migration"`
	OrganisationID *string `gorm:"->;-:migration"`
}

func (userRow) TableName() string { return "users" }

// sealedUser is what a jobseeker signs in with, and what she calls herself where
// that is not her reference. Those who work with Baara are not confided to it:
// theirs stay readable.
type sealedUser struct {
	Name  string `json:"n,omitempty"`
	Phone string `json:"p,omitempty"`
	Email string `json:"e,omitempty"`
}

// reference is what the account of a jobseeker is called by whoever reads the
// table; any other name is sealed, and nameless stands there.
var reference = regexp.MustCompile(`^[A-Z]{2,3}-\d{4}-[0-9A-Z]+$`)

const nameless = "-"

const (
	userColumn = "users.sealed"
	emailKind  = "e-mail"
)

// userToRow seals for the person whose account it is, whichever file it opens.
func userToRow(ctx context.Context, t domain.Tx, u identity.User, person domain.ID) (userRow, error) {
	row := userRow{
		ID: string(u.ID), Role: string(u.Role), Name: u.Name, Email: nullText(u.Email), Phone: nullText(u.Phone),
		PasswordHash: nullText(u.PasswordHash), PasswordUntil: nullTime(u.PasswordUntil), PersonID: nullID(person), Language: u.Language,
		CreatedAt: u.CreatedAt, DisabledAt: nullTime(u.DisabledAt), Demo: u.Demo, Version: u.Version,
	}
	if u.Role != domain.RoleJobseeker || person.IsZero() {
		return row, nil
	}
	var err error
	row.Email, row.Phone = nil, nil
	row.PhoneHash, row.EmailHash = nullText(hashOf(t, phoneKind, u.Phone)), nullText(hashOf(t, emailKind, strings.ToLower(u.Email)))
	hidden := sealedUser{Phone: u.Phone, Email: u.Email}
	if !reference.MatchString(u.Name) {
		hidden.Name, row.Name = u.Name, nameless
	}
	row.Sealed, err = sealOne(ctx, t, person, userColumn, hidden)
	return row, err
}

// subject is whose key the row needs.
func (r userRow) subject() domain.ID {
	if r.Sealed == nil {
		return ""
	}
	return idOf(r.PersonID)
}

func (r userRow) toDomain(o *opening) identity.User {
	reached := sealedUser{Name: r.Name, Phone: textOf(r.Phone), Email: textOf(r.Email)}
	o.open(r.subject(), userColumn, r.Sealed, &reached)
	return identity.User{
		ID: domain.ID(r.ID), Role: domain.Role(r.Role), Name: reached.Name, Email: reached.Email, Phone: reached.Phone,
		PasswordHash: textOf(r.PasswordHash), PasswordUntil: timeOf(r.PasswordUntil), PersonID: idOf(r.OpensID), AgencyID: idOf(r.AgencyID),
		OrganisationID: idOf(r.OrganisationID), Language: r.Language, CreatedAt: r.CreatedAt.UTC(),
		DisabledAt: timeOf(r.DisabledAt), Demo: r.Demo, Version: r.Version,
	}
}

// users selects accounts with the memberships that hold today.
func users(g *gorm.DB) *gorm.DB {
	return g.Table("users").Select(`users.*, CASE WHEN users.person_id IS NOT NULL THEN rls.opens(users.person_id) END AS opens_id,
		(SELECT agency_id FROM agency_members m WHERE m.user_id = users.id AND m.since <= current_date
			AND (m.until IS NULL OR current_date <= m.until) AND m.ended_at IS NULL ORDER BY m.since DESC LIMIT 1) AS agency_id,
		(SELECT organisation_id FROM organisation_members m WHERE m.user_id = users.id AND m.since <= current_date
			AND (m.until IS NULL OR current_date <= m.until) AND m.ended_at IS NULL ORDER BY m.since DESC LIMIT 1) AS organisation_id`)
}

func oneUser(ctx context.Context, t domain.Tx, op string, g *gorm.DB) (identity.User, error) {
	var row userRow
	if err := g.Take(&row).Error; err != nil {
		return identity.User{}, fault(op, err)
	}
	o, err := openAll(ctx, t, []userRow{row}, userRow.subject)
	if err != nil {
		return identity.User{}, err
	}
	return row.toDomain(o), o.err
}

// InsertUser writes the account and its membership from its creation day on.
func (Users) InsertUser(ctx context.Context, t domain.Tx, u identity.User) error {
	const op = "store.InsertUser"
	row, err := userToRow(ctx, t, u, u.PersonID)
	if err != nil {
		return err
	}
	if err := on(ctx, t).Omit("OpensID", "AgencyID", "OrganisationID").Create(&row).Error; err != nil {
		return fault(op, err)
	}
	since := domain.DateOf(u.CreatedAt).Time()
	if !u.AgencyID.IsZero() {
		if err := on(ctx, t).Exec(`INSERT INTO agency_members (user_id, agency_id, since) VALUES (?, ?, ?)`,
			row.ID, string(u.AgencyID), since).Error; err != nil {
			return fault(op, err)
		}
	}
	if !u.OrganisationID.IsZero() {
		if err := on(ctx, t).Exec(`INSERT INTO organisation_members (user_id, organisation_id, since) VALUES (?, ?, ?)`,
			row.ID, string(u.OrganisationID), since).Error; err != nil {
			return fault(op, err)
		}
	}
	return nil
}

// UserByID implements identity.UserStore.
func (Users) UserByID(ctx context.Context, t domain.Tx, id domain.ID) (identity.User, error) {
	return oneUser(ctx, t, "store.UserByID", users(on(ctx, t)).Where("users.id = ?", string(id)))
}

// UserByEmail implements identity.UserStore.
func (Users) UserByEmail(ctx context.Context, t domain.Tx, email string) (identity.User, error) {
	return oneUser(ctx, t, "store.UserByEmail", users(on(ctx, t)).Where("lower(users.email) = lower(?) OR users.email_hash = ?", email,
		hashOf(t, emailKind, strings.ToLower(email))))
}

// UserByPerson implements identity.UserStore.
func (Users) UserByPerson(ctx context.Context, t domain.Tx, person domain.ID) (identity.User, error) {
	return oneUser(ctx, t, "store.UserByPerson", users(on(ctx, t)).Where("users.person_id = ?", string(person)))
}

// SaveUser writes the changeable columns of an account.
func (Users) SaveUser(ctx context.Context, t domain.Tx, u identity.User) error {
	var people []domain.ID
	if err := on(ctx, t).Raw(`SELECT person_id::text FROM users WHERE id = ? AND person_id IS NOT NULL`, string(u.ID)).Scan(&people).Error; err != nil {
		return fault("store.SaveUser", err)
	}
	row, err := userToRow(ctx, t, u, append(people, "")[0])
	if err != nil {
		return err
	}
	return touched("store.SaveUser", on(ctx, t).Table("users").
		Where("id = ? AND version = ?", row.ID, u.Version).
		Updates(map[string]any{
			"name": row.Name, "email": row.Email, "phone": row.Phone, "password_hash": row.PasswordHash,
			"phone_hash": row.PhoneHash, "email_hash": row.EmailHash, "sealed": row.Sealed,
			"password_until": row.PasswordUntil,
			"language":       row.Language, "disabled_at": row.DisabledAt, "version": gorm.Expr("version + 1"),
		}))
}

// plain is text in small letters without the accents of French, so that keita finds Keïta. In Go it would be text.Fold;
// the few hundred accounts of a service need no column for it.
func plain(expression string) string {
	return "lower(translate(" + expression + ", 'ÀÂÄÉÈÊËÎÏÔÖÙÛÜÇàâäéèêëîïôöùûüç', 'AAAEEEEIIOOUUUCaaaeeeeiioouuuc'))"
}

// Users lists accounts in the order of their creation.
func (Users) Users(ctx context.Context, t domain.Tx, filter identity.UserFilter, cursor domain.Cursor) (domain.Listing[identity.User], error) {
	q := users(on(ctx, t)).Order("users.id").Limit(cursor.Size() + 1)
	if len(filter.Roles) > 0 {
		q = q.Where("users.role IN ?", filter.Roles)
	}
	if filter.AgencyID != "" {
		q = q.Where(`EXISTS (SELECT 1 FROM agency_members m WHERE m.user_id = users.id AND m.agency_id = ? AND m.since <= current_date
			AND (m.until IS NULL OR current_date <= m.until) AND m.ended_at IS NULL)`, string(filter.AgencyID))
	}
	if filter.OrganisationID != "" {
		q = q.Where(`EXISTS (SELECT 1 FROM organisation_members m WHERE m.user_id = users.id AND m.organisation_id = ? AND m.since <= current_date
			AND (m.until IS NULL OR current_date <= m.until) AND m.ended_at IS NULL)`, string(filter.OrganisationID))
	}
	if filter.Words != "" {
		q = q.Where("strpos("+plain("users.name || ' ' || coalesce(users.email, '')")+", "+plain("?::text")+") > 0", filter.Words)
	}
	if filter.Ended != nil {
		q = q.Where("(users.disabled_at IS NOT NULL) = ?", *filter.Ended)
	}
	if cursor.After != "" {
		q = q.Where("users.id > ?", cursor.After)
	}
	var rows []userRow
	if err := q.Find(&rows).Error; err != nil {
		return domain.Listing[identity.User]{}, fault("store.Users", err)
	}
	o, err := openAll(ctx, t, rows, userRow.subject)
	if err != nil {
		return domain.Listing[identity.User]{}, err
	}
	out := listing(rows, cursor, func(r userRow) identity.User { return r.toDomain(o) }, func(r userRow) string { return r.ID })
	return out, o.err
}

// listing cuts one page off rows fetched with one more than the page holds.
func listing[R, T any](rows []R, cursor domain.Cursor, to func(R) T, mark func(R) string) domain.Listing[T] {
	var out domain.Listing[T]
	if n := cursor.Size(); len(rows) > n {
		rows = rows[:n]
		out.Next = mark(rows[n-1])
	}
	out.Items = make([]T, len(rows))
	for i, r := range rows {
		out.Items[i] = to(r)
	}
	return out
}
