package store

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"

	"gorm.io/gorm"

	"github.com/baara-platform/baara/domain"
)

// Roles of the database. People's acts run as the application's role, whose
// rows follow from who acts. Baara's own acts have another sign-in, so that no
// setting opens what is not the actor's. Where something must be looked for
// across agencies, Baara's role steps down to one that can read a few columns
// of everybody and nothing else; the schema lists them.
const (
	appRole      = "baara_app"
	systemRole   = "baara_system"
	indexRole    = "baara_index"    // what matching and cards may know of people
	registerRole = "baara_register" // what finding somebody by name may know
)

// poolOf gives the connections an actor's transactions run on.
func (d *DB) poolOf(actor domain.Actor) pool {
	if actor.Role == domain.RoleSystem {
		return d.system
	}
	return d.people
}

// as reads under one of the narrow roles, in a transaction of its own: what it
// sees does not depend on who asks, so the caller narrows it before it shows.
// Uses of this method are the list of such readings.
func (d *DB) as(ctx context.Context, role string, fn func(g *gorm.DB) error) error {
	g := d.system.gorm.WithContext(ctx).Begin(&sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true})
	if g.Error != nil {
		return fault("store.as", g.Error)
	}
	defer g.Rollback()
	if err := g.Exec(`SELECT set_config('role', ?, true)`, role).Error; err != nil {
		return fault("store.as", err)
	}
	return fn(g)
}

// SystemURL is the URL of Baara's own role: the one given, or, where the
// database asks for no password, as a private one does, the application's with
// the other role. A password is never guessed.
func SystemURL(app, given string) (string, error) {
	if given != "" {
		return given, nil
	}
	u, err := url.Parse(app)
	if err != nil {
		return "", fmt.Errorf("store: database URL: %w", redact(err))
	}
	if _, secret := u.User.Password(); secret || u.User.Username() != appRole {
		return "", fmt.Errorf("store: the database needs a second role for Baara's own acts: give its URL, as %s, in BAARA_SYSTEM_URL", systemRole)
	}
	u.User = url.User(systemRole)
	return u.String(), nil
}
