package identity

import (
	"context"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
)

// Sessions are the use-cases on signed-in devices.
type Sessions struct{ d Deps }

// NewSessions wires the use-cases.
func NewSessions(d Deps) *Sessions { return &Sessions{d: d} }

// Mine lists the actor's live sessions, newest first.
func (s *Sessions) Mine(ctx context.Context, actor domain.Actor) ([]Session, error) {
	return s.Of(ctx, actor, actor.UserID)
}

// Of lists a user's live sessions.
func (s *Sessions) Of(ctx context.Context, actor domain.Actor, user domain.ID) ([]Session, error) {
	var out []Session
	err := s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		if err := s.d.Policy.Authorise(tx, actor, access.SessionRead, access.Facts{AccountID: user}); err != nil {
			return err
		}
		var err error
		out, err = s.d.Sessions.SessionsOf(ctx, tx, user, s.d.Clock.Now())
		return err
	})
	return out, err
}

// Kill ends a session at once: the device's next request is signed out.
func (s *Sessions) Kill(ctx context.Context, actor domain.Actor, id domain.ID) error {
	return s.d.Tx.InTx(ctx, actor, func(tx domain.Tx) error {
		session, err := s.d.Sessions.SessionByID(ctx, tx, id)
		if err != nil {
			return s.d.Policy.Unseen(tx, actor, access.SessionKill, id, err)
		}
		if err := s.d.Policy.Authorise(tx, actor, access.SessionKill, access.Facts{AccountID: session.UserID}); err != nil {
			return err
		}
		if err := s.d.Sessions.KillSession(ctx, tx, id, s.d.Clock.Now()); err != nil {
			return err
		}
		tx.Outcome("session", id, 1)
		return nil
	})
}
