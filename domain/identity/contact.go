package identity

import (
	"context"
	"regexp"
	"strings"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
)

// ContactKind is what somebody signs in with.
type ContactKind string

// The contacts of an account.
const (
	ContactEmail ContactKind = "email"
	ContactPhone ContactKind = "phone"
)

// ContactWait is how long a new contact waits before one signs in with it,
// unless the installation says otherwise: in that time the old one is told, and
// whoever reads it there can stop the change.
const ContactWait = 24 * time.Hour

// ContactChange is a new address or number that waits.
type ContactChange struct {
	ID          domain.ID
	UserID      domain.ID
	Kind        ContactKind
	Value       string
	AskedAt     time.Time
	CountsAt    time.Time
	DoneAt      time.Time
	CancelledAt time.Time
}

// ContactStore keeps changes that wait.
type ContactStore interface {
	InsertContactChange(ctx context.Context, tx domain.Tx, c ContactChange) error
	WaitingContacts(ctx context.Context, tx domain.Tx, user domain.ID) ([]ContactChange, error)
	// DueContacts locks at most limit changes whose time has come.
	DueContacts(ctx context.Context, tx domain.Tx, now time.Time, limit int) ([]ContactChange, error)
	SaveContactChange(ctx context.Context, tx domain.Tx, c ContactChange) error
}

// Notices tells the contact an account has now that another one will count.
type Notices interface {
	ContactChanging(ctx context.Context, tx domain.Tx, u User, c ContactChange) error
}

// Contacts are the use-cases on what accounts sign in with.
type Contacts struct {
	d    Deps
	wait time.Duration
}

// NewContacts wires the use-cases; wait 0 means ContactWait.
func NewContacts(d Deps, wait time.Duration) *Contacts {
	if wait == 0 {
		wait = ContactWait
	}
	return &Contacts{d: d, wait: wait}
}

// Hours is the wait as people are told it, rounded up.
func (s *Contacts) Hours() int { return int((s.wait + time.Hour - 1) / time.Hour) }

var e164 = regexp.MustCompile(`^\+[1-9][0-9]{6,14}$`)

// Ask changes what the actor signs in with, after the wait. The one before
// waits no more; the present contact is told at once. Who asks proved just
// before who they are: the edge sees to it.
func (s *Contacts) Ask(ctx context.Context, actor domain.Actor, kind ContactKind, value string) (ContactChange, error) {
	const op = "identity.AskContact"
	value = strings.TrimSpace(value)
	var f domain.Fields
	switch kind {
	case ContactEmail:
		f.Check(plausibleEmail(value), "value", "error.email")
	case ContactPhone:
		f.Check(e164.MatchString(value), "value", "error.phone")
	default:
		f.Add("kind", "error.choice")
	}
	if err := f.Err(op); err != nil {
		return ContactChange{}, err
	}
	now := s.d.Clock.Now()
	c := ContactChange{ID: s.d.IDs.New(), UserID: actor.UserID, Kind: kind, Value: value, AskedAt: now, CountsAt: now.Add(s.wait)}
	err := s.d.Tx.InTx(ctx, actor, func(tx domain.Tx) error {
		u, err := s.d.Users.UserByID(ctx, tx, actor.UserID)
		if err != nil {
			return err
		}
		if err := s.d.Policy.Authorise(tx, actor, access.AccountUpdate, u.Facts()); err != nil {
			return err
		}
		if err := s.stop(ctx, tx, u.ID, kind); err != nil {
			return err
		}
		if err := s.d.Contacts.InsertContactChange(ctx, tx, c); err != nil {
			return err
		}
		tx.Outcome("user", u.ID, u.Version)
		return s.d.Notices.ContactChanging(ctx, tx, u, c)
	})
	if err != nil {
		return ContactChange{}, err
	}
	return c, nil
}

// Waiting lists the actor's changes that wait.
func (s *Contacts) Waiting(ctx context.Context, actor domain.Actor) ([]ContactChange, error) {
	var out []ContactChange
	err := s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		on := access.Facts{RecordID: actor.UserID, AccountID: actor.UserID}
		if err := s.d.Policy.Authorise(tx, actor, access.AccountRead, on); err != nil {
			return err
		}
		var err error
		out, err = s.d.Contacts.WaitingContacts(ctx, tx, actor.UserID)
		return err
	})
	return out, err
}

// Stop takes a change back, while it waits.
func (s *Contacts) Stop(ctx context.Context, actor domain.Actor, kind ContactKind) error {
	return s.d.Tx.InTx(ctx, actor, func(tx domain.Tx) error {
		u, err := s.d.Users.UserByID(ctx, tx, actor.UserID)
		if err != nil {
			return err
		}
		if err := s.d.Policy.Authorise(tx, actor, access.AccountUpdate, u.Facts()); err != nil {
			return err
		}
		tx.Outcome("user", u.ID, u.Version)
		return s.stop(ctx, tx, u.ID, kind)
	})
}

func (s *Contacts) stop(ctx context.Context, tx domain.Tx, user domain.ID, kind ContactKind) error {
	waiting, err := s.d.Contacts.WaitingContacts(ctx, tx, user)
	if err != nil {
		return err
	}
	for _, c := range waiting {
		if c.Kind != kind {
			continue
		}
		c.CancelledAt = s.d.Clock.Now()
		if err := s.d.Contacts.SaveContactChange(ctx, tx, c); err != nil {
			return err
		}
	}
	return nil
}

// applyBatch keeps each transaction short.
const applyBatch = 50

// ApplyDue makes changes count whose time has come. An address somebody else
// has taken meanwhile is dropped. It says how many count now.
func (s *Contacts) ApplyDue(ctx context.Context, actor domain.Actor) (int, error) {
	count := 0
	err := s.d.Tx.InTx(ctx, actor, func(tx domain.Tx) error {
		now := s.d.Clock.Now()
		due, err := s.d.Contacts.DueContacts(ctx, tx, now, applyBatch)
		if err != nil {
			return err
		}
		for _, c := range due {
			u, err := s.d.Users.UserByID(ctx, tx, c.UserID)
			if err != nil {
				return err
			}
			if err := s.d.Policy.Authorise(tx, actor, access.AccountUpdate, u.Facts()); err != nil {
				return err
			}
			free, err := s.free(ctx, tx, c)
			if err != nil {
				return err
			}
			if c.CancelledAt = now; free {
				c.CancelledAt, c.DoneAt = time.Time{}, now
				if c.Kind == ContactEmail {
					u.Email = c.Value
				} else {
					u.Phone = c.Value
				}
				if err := s.d.Users.SaveUser(ctx, tx, u); err != nil {
					return err
				}
				count++
			}
			if err := s.d.Contacts.SaveContactChange(ctx, tx, c); err != nil {
				return err
			}
		}
		return nil
	})
	return count, err
}

// free reports whether nobody else signs in with the new address. Phones may be shared.
func (s *Contacts) free(ctx context.Context, tx domain.Tx, c ContactChange) (bool, error) {
	if c.Kind != ContactEmail {
		return true, nil
	}
	other, err := s.d.Users.UserByEmail(ctx, tx, c.Value)
	if domain.KindOf(err) == domain.KindNotFound {
		return true, nil
	}
	return err == nil && other.ID == c.UserID, err
}
