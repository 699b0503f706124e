package person

import (
	"context"

	"github.com/baara-platform/baara/domain"
)

// maxAccountsPerPhone bounds the accounts one phone can open.
const maxAccountsPerPhone = 8

// SendSignInCode sends a code to a phone that a jobseeker's account names.
// The answer is the same for a phone no account names.
func (s *Jobseekers) SendSignInCode(ctx context.Context, actor domain.Actor, phone string) error {
	return s.d.sendCode(ctx, actor, CodeSignIn, phone, func(ctx context.Context, tx domain.Tx, number string) ([]NumberUse, string, bool, error) {
		accounts, err := s.d.Accounts.AccountsOf(ctx, tx, number, maxAccountsPerPhone)
		if err != nil {
			return nil, "", false, err
		}
		wishes, err := s.d.Accounts.NumberUses(ctx, tx, number) // also of a phone nobody has: it takes its time
		if err != nil || len(accounts) == 0 {
			return nil, "", false, err
		}
		return wishes, accounts[0].Language, true, nil
	})
}

// CheckSignInCode exchanges phone and code for a ticket.
func (s *Jobseekers) CheckSignInCode(ctx context.Context, actor domain.Actor, phone, code string) (string, error) {
	return s.d.checkCode(ctx, actor, CodeSignIn, phone, code, func(domain.Tx, string) error { return nil })
}

// SignIn gives the account whose second thing matches, of those that share
// the ticket's phone. The caller opens the session.
func (s *Jobseekers) SignIn(ctx context.Context, actor domain.Actor, ticket, secret string) (domain.ID, error) {
	var accounts []Account
	var user domain.ID
	err := s.d.useTicket(ctx, actor, CodeSignIn, ticket, secret, func(tx domain.Tx, phone string) ([]string, error) {
		var err error
		accounts, err = s.d.Accounts.AccountsOf(ctx, tx, phone, maxAccountsPerPhone)
		hashes := make([]string, len(accounts))
		for i, a := range accounts {
			hashes[i] = a.SecretHash
		}
		return hashes, err
	}, func(tx domain.Tx, match int) error {
		user = accounts[match].ID
		return s.d.Registrations.ProvePhone(ctx, tx, user, s.d.Clock.Now())
	})
	return user, err
}
