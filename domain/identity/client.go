package identity

import (
	"context"
	"slices"
	"strings"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
)

// Clients are the use-cases on programs: accounts that nobody signs in to. An
// administrator makes one for an organisation or an agency, hands over its
// tokens, and ends it like any account.
type Clients struct {
	d      Deps
	tokens *Tokens
}

// NewClients wires the use-cases.
func NewClients(d Deps) *Clients { return &Clients{d: d, tokens: NewTokens(d)} }

// NewClient asks for a program's account: of an organisation or of an agency.
type NewClient struct {
	Name           string
	AgencyID       domain.ID
	OrganisationID domain.ID
	Until          domain.Date // the last day it may act; zero when open
}

// Create makes the account. It may do nothing until a token is issued.
func (s *Clients) Create(ctx context.Context, actor domain.Actor, in NewClient) (User, error) {
	const op = "identity.CreateClient"
	now := s.d.Clock.Now()
	var f domain.Fields
	f.Check(strings.TrimSpace(in.Name) != "", "name", "error.required")
	f.Check((in.AgencyID == "") != (in.OrganisationID == ""), "organisation", "error.client.of")
	f.Check(in.Until.IsZero() || !in.Until.Before(domain.DateOf(now)), "until", "error.date.order")
	if err := f.Err(op); err != nil {
		return User{}, err
	}
	u := User{
		ID: s.d.IDs.New(), Role: domain.RoleAPIClient, Name: strings.TrimSpace(in.Name), AgencyID: in.AgencyID, OrganisationID: in.OrganisationID,
		Language: "fr", CreatedAt: now, Version: 1,
	}
	err := s.d.Tx.InTx(ctx, actor, func(tx domain.Tx) error {
		if err := s.d.Policy.Authorise(tx, actor, access.AccountCreate, u.Facts()); err != nil {
			return err
		}
		if err := s.d.Users.InsertUser(ctx, tx, u); err != nil {
			return err
		}
		if !in.Until.IsZero() {
			if err := s.d.Members.LimitMembership(ctx, tx, u.ID, in.Until); err != nil {
				return err
			}
		}
		tx.Outcome("user", u.ID, u.Version)
		return nil
	})
	return u, err
}

// Scopes lists what a token of such a program may be limited to.
func (s *Clients) Scopes(of User) []string { return s.tokens.Scopes(of.Actor()) }

// Issue makes a token for a program and gives its secret, this once. Whoever
// asks proved just before who they are: the edge sees to it.
func (s *Clients) Issue(ctx context.Context, actor domain.Actor, client domain.ID, in NewToken) (Token, string, error) {
	const op = "identity.IssueToken"
	var t Token
	var secret string
	err := s.d.Tx.InTx(ctx, actor, func(tx domain.Tx) error {
		u, err := s.d.Users.UserByID(ctx, tx, client)
		if err != nil {
			return s.d.Policy.Unseen(tx, actor, access.TokenIssue, client, err)
		}
		if err := s.d.Policy.AuthoriseFor(tx, actor, access.TokenIssue, u.Facts(), in.Where.Told()); err != nil {
			return err
		}
		if u.Role != domain.RoleAPIClient || !u.MayAct() { // people make their own
			return domain.Conflict(op, "error.client.not")
		}
		if t, secret, err = s.tokens.make(u, in); err != nil {
			return err
		}
		for _, scope := range in.Scopes {
			if !slices.Contains(s.Scopes(u), scope) {
				return domain.Invalid(op, domain.Field("scopes", "error.choice"))
			}
		}
		if err := s.tokens.place(ctx, tx, &t, in.Where); err != nil {
			return err
		}
		tx.Outcome("token", t.ID, 1)
		return s.d.Tokens.InsertToken(ctx, tx, t)
	})
	if err != nil {
		return Token{}, "", err
	}
	return t, secret, nil
}

// Tokens lists a program's tokens, without their secrets.
func (s *Clients) Tokens(ctx context.Context, actor domain.Actor, client domain.ID) ([]Token, error) {
	var out []Token
	err := s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		if err := s.d.Policy.Authorise(tx, actor, access.TokenRead, access.Facts{AccountID: client}); err != nil {
			return err
		}
		var err error
		out, err = s.d.Tokens.TokensOf(ctx, tx, client)
		return err
	})
	return out, err
}
