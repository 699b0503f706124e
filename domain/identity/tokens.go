package identity

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
)

// MaxTokenDays bounds a token's life.
const MaxTokenDays = 365

// TokenLives are how many days a token may live, as forms offer them.
func TokenLives() []int { return []int{7, 30, 90, MaxTokenDays} }

// Tokens are the use-cases on API tokens.
type Tokens struct{ d Deps }

// NewTokens wires the use-cases.
func NewTokens(d Deps) *Tokens { return &Tokens{d: d} }

// NewToken asks for a token of the actor's own account.
type NewToken struct {
	Name   string
	Scopes []string // actions, or "noun.*"; each must be one the policy knows
	Days   int
	Where  domain.Destination // where the program runs
}

// Create makes a token and gives its secret, this once.
func (s *Tokens) Create(ctx context.Context, actor domain.Actor, in NewToken) (Token, string, error) {
	t, secret, err := s.make(User{ID: actor.UserID}, in)
	if err != nil {
		return Token{}, "", err
	}
	err = s.d.Tx.InTx(ctx, actor, func(tx domain.Tx) error {
		if err := s.d.Policy.AuthoriseFor(tx, actor, access.TokenCreate, access.Facts{AccountID: actor.UserID}, in.Where.Told()); err != nil {
			return err
		}
		if err := s.place(ctx, tx, &t, in.Where); err != nil {
			return err
		}
		if err := s.d.Tokens.InsertToken(ctx, tx, t); err != nil {
			return err
		}
		tx.Outcome("token", t.ID, 1)
		return nil
	})
	if err != nil {
		return Token{}, "", err
	}
	return t, secret, nil
}

// make checks what is asked for and makes a token of an account.
func (s *Tokens) make(of User, in NewToken) (Token, string, error) {
	const op = "identity.CreateToken"
	var f domain.Fields
	f.Check(strings.TrimSpace(in.Name) != "", "name", "error.required")
	f.Check(len(in.Scopes) > 0, "scopes", "error.required")
	f.Check(in.Days >= 1 && in.Days <= MaxTokenDays, "days", "error.range", "Min", 1, "Max", MaxTokenDays)
	for _, scope := range in.Scopes {
		f.Check(s.knows(scope), "scopes", "error.choice")
	}
	if err := f.Err(op); err != nil {
		return Token{}, "", err
	}
	secret := "baara_" + s.d.Secret()
	now := s.d.Clock.Now()
	t := Token{
		ID: s.d.IDs.New(), UserID: of.ID, Name: strings.TrimSpace(in.Name), Hash: s.d.HashToken(secret),
		Scopes: slices.Clone(in.Scopes), CreatedAt: now, ExpiresAt: now.Add(time.Duration(in.Days) * 24 * time.Hour),
	}
	return t, secret, nil
}

// place says of a token where its program runs.
func (s *Tokens) place(ctx context.Context, tx domain.Tx, t *Token, where domain.Destination) error {
	recipient, err := where.Named(ctx, tx, s.d.Exports, domain.DateOf(t.CreatedAt))
	t.Recipient, t.Agreement = recipient, where.Agreement
	return err
}

func (s *Tokens) knows(scope string) bool {
	noun, all := strings.CutSuffix(scope, ".*")
	return slices.ContainsFunc(s.d.Policy.Rows(), func(r access.Row) bool {
		return string(r.Action) == scope || all && r.Action.Noun() == noun
	})
}

// Scopes lists what a token of the actor may be limited to: reading a noun,
// and all the role does with it. Signing in, tokens and what only pages show
// are left out: no program needs them.
func (s *Tokens) Scopes(actor domain.Actor) []string {
	var out []string
	for _, row := range s.d.Policy.Rows() {
		noun := row.Action.Noun()
		if row.Role != actor.Role || slices.Contains([]string{"session", "token", "message", "index"}, noun) {
			continue
		}
		scope := noun + ".*"
		if string(row.Action) == noun+".read" {
			scope = string(row.Action)
		}
		if !slices.Contains(out, scope) {
			out = append(out, scope)
		}
	}
	slices.Sort(out)
	slices.Reverse(out)
	slices.SortStableFunc(out, func(a, b string) int { return strings.Compare(nounOf(a), nounOf(b)) })
	return out
}

func nounOf(scope string) string {
	noun, _, _ := strings.Cut(scope, ".")
	return noun
}

// Mine lists the actor's tokens, without their secrets.
func (s *Tokens) Mine(ctx context.Context, actor domain.Actor) ([]Token, error) {
	var out []Token
	err := s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		if err := s.d.Policy.Authorise(tx, actor, access.TokenRead, access.Facts{AccountID: actor.UserID}); err != nil {
			return err
		}
		var err error
		out, err = s.d.Tokens.TokensOf(ctx, tx, actor.UserID)
		return err
	})
	return out, err
}

// Get reads one token, without its secret.
func (s *Tokens) Get(ctx context.Context, actor domain.Actor, id domain.ID) (Token, error) {
	var out Token
	err := s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		var err error
		if out, err = s.d.Tokens.TokenByID(ctx, tx, id); err != nil {
			return s.d.Policy.Unseen(tx, actor, access.TokenRead, id, err)
		}
		return s.d.Policy.Authorise(tx, actor, access.TokenRead, access.Facts{AccountID: out.UserID})
	})
	return out, err
}

// Revoke ends a token at once.
func (s *Tokens) Revoke(ctx context.Context, actor domain.Actor, id domain.ID) error {
	return s.d.Tx.InTx(ctx, actor, func(tx domain.Tx) error {
		t, err := s.d.Tokens.TokenByID(ctx, tx, id)
		if err != nil {
			return s.d.Policy.Unseen(tx, actor, access.TokenRevoke, id, err)
		}
		if err := s.d.Policy.Authorise(tx, actor, access.TokenRevoke, access.Facts{AccountID: t.UserID}); err != nil {
			return err
		}
		if err := s.d.Tokens.RevokeToken(ctx, tx, id, s.d.Clock.Now()); err != nil {
			return err
		}
		tx.Outcome("token", id, 1)
		return nil
	})
}

// Register lists the tokens that may be used, of whoever they are, with where
// their programs run.
func (s *Tokens) Register(ctx context.Context, actor domain.Actor) ([]Token, error) {
	var out []Token
	err := s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		if err := s.d.Policy.Authorise(tx, actor, access.TokenRegister, access.Facts{}); err != nil {
			return err
		}
		var err error
		out, err = s.d.Tokens.LiveTokens(ctx, tx, s.d.Clock.Now())
		return err
	})
	return out, err
}

// Authenticate gives whose a presented token is, and the actor it makes: limited
// to its scopes, and confined when its program runs abroad under an agreement
// that does not stand today, or nobody said where. Unknown, expired and revoked
// tokens are all Unauthenticated.
func (s *Tokens) Authenticate(ctx context.Context, secret string) (User, domain.Actor, error) {
	const op = "identity.Authenticate"
	var user User
	var token Token
	var confined bool
	err := s.d.Tx.InTx(ctx, domain.System(), func(tx domain.Tx) error {
		var err error
		if token, err = s.d.Tokens.UseToken(ctx, tx, s.d.HashToken(secret), s.d.Clock.Now()); err != nil {
			return err
		}
		if confined, err = s.confined(ctx, tx, token); err != nil {
			return err
		}
		user, err = s.d.Users.UserByID(ctx, tx, token.UserID)
		return err
	})
	if domain.KindOf(err) == domain.KindNotFound || err == nil && !user.MayAct() {
		return User{}, domain.Actor{}, domain.Unauthenticated(op)
	}
	if err != nil {
		return User{}, domain.Actor{}, err
	}
	actor := user.Actor()
	actor.Scopes, actor.Confined = token.Scopes, confined
	return user, actor, nil
}

// confined reports whether nothing about people may go to where a token's program runs.
func (s *Tokens) confined(ctx context.Context, tx domain.Tx, t Token) (bool, error) {
	if t.Agreement == "" {
		return t.Recipient == "", nil
	}
	_, err := s.d.Exports.Abroad(ctx, tx, t.Agreement, domain.DateOf(s.d.Clock.Now()))
	if domain.KindOf(err) == domain.KindNotFound {
		return true, nil
	}
	return false, err
}
