package domain

import (
	"context"
	"slices"
	"sync"
)

// Holds makes who withdraws a consent wait. It gives a release; until it is
// called no withdrawal of these people commits, and everything that is read
// after Hold returned knows every withdrawal that did. Implementations are safe
// for many at once, and let withdrawals pass in the order they came.
type Holds interface {
	Hold(ctx context.Context, people []ID) (release func(), err error)
}

// Sending is an answer on its way out. What is held for it is let go when its
// last byte has left: what somebody agreed to when it was read is agreed to
// while it is sent.
type Sending struct {
	mu    sync.Mutex
	held  []func()
	named []ID   // who is held
	begun func() // called once, when the first people are held
	ended bool
}

type sendingKey struct{}

// BeginSending gives a context in which Hold holds people until End. begun is
// called when the first are held: from then on the answer must leave within a
// bounded time.
func BeginSending(ctx context.Context, begun func()) (context.Context, *Sending) {
	s := &Sending{begun: begun}
	return context.WithValue(ctx, sendingKey{}, s), s
}

// Holding reports whether anybody is held.
func (s *Sending) Holding() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.held) > 0
}

// HeldFor names who is held for the answer of this context: what it says of them
// must not be said after they took something back.
func HeldFor(ctx context.Context) []ID {
	s, ok := ctx.Value(sendingKey{}).(*Sending)
	if !ok {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.named)
}

// End lets everybody go. It may be called twice.
func (s *Sending) End() {
	s.mu.Lock()
	held := s.held
	s.held, s.ended = nil, true
	s.mu.Unlock()
	for _, release := range slices.Backward(held) {
		release()
	}
}

// keep takes over a release, or calls it where the answer has already left.
func (s *Sending) keep(release func(), people []ID) {
	s.mu.Lock()
	for _, id := range people {
		if !slices.Contains(s.named, id) {
			s.named = append(s.named, id)
		}
	}
	first, ended := len(s.held) == 0, s.ended
	if !ended {
		s.held = append(s.held, release)
	}
	s.mu.Unlock()
	if ended {
		release()
		return
	}
	if first && s.begun != nil {
		s.begun()
	}
}

// Hold holds people for the answer of this context, before what it says of them
// is read. Where nothing is being sent, as on a command line, it waits for
// withdrawals under way and holds nobody.
func Hold(ctx context.Context, holds Holds, people []ID) error {
	if len(people) == 0 || holds == nil {
		return nil
	}
	release, err := holds.Hold(ctx, people)
	if err != nil {
		return err
	}
	if s, ok := ctx.Value(sendingKey{}).(*Sending); ok {
		s.keep(release, people)
		return nil
	}
	release()
	return nil
}
