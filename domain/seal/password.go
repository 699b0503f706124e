package seal

import (
	"context"
	"fmt"
	"sync"

	"github.com/alexedwards/argon2id"
)

// Passwords hashes with argon2id (19 MiB, two passes, one lane: the OWASP
// cheat sheet's first choice). At most so many hashes run at once, because
// each takes its memory; others wait for their turn or their deadline.
type Passwords struct {
	slots  chan struct{}
	params argon2id.Params
	dummy  func() (string, error)
}

// NewPasswords allows that many hashes at once.
func NewPasswords(concurrent int) *Passwords {
	p := &Passwords{
		slots:  make(chan struct{}, max(1, concurrent)),
		params: argon2id.Params{Memory: 19 * 1024, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32},
	}
	p.dummy = sync.OnceValues(func() (string, error) { return argon2id.CreateHash(Secret(), &p.params) })
	return p
}

// Hash gives the encoded hash of a password.
func (p *Passwords) Hash(ctx context.Context, password string) (string, error) {
	if err := p.enter(ctx); err != nil {
		return "", err
	}
	defer p.leave()
	hash, err := argon2id.CreateHash(password, &p.params)
	if err != nil {
		return "", fmt.Errorf("seal: hash password: %w", err)
	}
	return hash, nil
}

// Compare reports whether the password made the hash. An empty hash costs a
// real comparison and is false.
func (p *Passwords) Compare(ctx context.Context, password, hash string) (bool, error) {
	if err := p.enter(ctx); err != nil {
		return false, err
	}
	defer p.leave()
	known := hash != ""
	if !known {
		var err error
		if hash, err = p.dummy(); err != nil {
			return false, fmt.Errorf("seal: compare password: %w", err)
		}
	}
	ok, err := argon2id.ComparePasswordAndHash(password, hash)
	if err != nil {
		return false, fmt.Errorf("seal: compare password: %w", err)
	}
	return ok && known, nil
}

func (p *Passwords) enter(ctx context.Context) error {
	select {
	case p.slots <- struct{}{}:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("seal: waiting to hash: %w", ctx.Err())
	}
}

func (p *Passwords) leave() { <-p.slots }
