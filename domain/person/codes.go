package person

import (
	"context"
	"strings"

	"github.com/baara-platform/baara/domain"
)

// errWrongCode is one answer for a wrong, an expired, a used up and a never
// sent code, and for a phone nobody knows.
func errWrongCode(op string) error {
	return domain.Invalid(op, domain.Field("code", "error.code.wrong"))
}

// recipient finds how a code may be sent to a phone; false when the phone
// belongs to nothing the code could open.
type recipient func(ctx context.Context, tx domain.Tx, phone string) (Phone, string, bool, error)

// sendCode makes a code for a phone and sends it where there is something to
// open. Every phone number gets a code row, so that waiting, tries and
// answers are the same for known and unknown ones.
func (d Deps) sendCode(ctx context.Context, actor domain.Actor, purpose CodePurpose, typed string, find recipient) error {
	const op = "person.SendCode"
	number, err := d.Phones.Parse(typed, d.Rules.Country)
	if err != nil {
		return domain.Invalid(op, domain.Field("phone", "error.phone"))
	}
	return d.Tx.InTx(ctx, actor, func(tx domain.Tx) error {
		if err := d.Codes.LockPhone(ctx, tx, number); err != nil {
			return err
		}
		now := d.Clock.Now()
		last, err := d.Codes.LatestCode(ctx, tx, number, purpose)
		if err != nil && domain.KindOf(err) != domain.KindNotFound {
			return err
		}
		if err == nil && now.Sub(last.CreatedAt) < codeInterval {
			return domain.TooMany(op, "error.code.wait")
		}
		secret := d.NewCode()
		code := Code{
			ID: d.IDs.New(), Phone: number, Purpose: purpose, Hash: d.HashToken(number + " " + secret),
			CreatedAt: now, ExpiresAt: now.Add(codeLife),
		}
		if err := d.Codes.InsertCode(ctx, tx, code); err != nil {
			return err
		}
		phone, lang, known, err := find(ctx, tx, number)
		if err != nil || !known {
			return err
		}
		return d.Outbox.sendCode(ctx, tx, phone, lang, secret)
	})
}

// checkCode compares a code and gives a ticket for the step after. Tries are
// counted in the database and committed also when the code was wrong.
func (d Deps) checkCode(ctx context.Context, actor domain.Actor, purpose CodePurpose, typed, given string, then func(tx domain.Tx, phone string) error) (string, error) {
	const op = "person.CheckCode"
	number, err := d.Phones.Parse(typed, d.Rules.Country)
	if err != nil {
		return "", domain.Invalid(op, domain.Field("phone", "error.phone"))
	}
	given = compact(given) // pasted codes carry spaces, some keyboards other digits
	token := ""
	err = d.Tx.InTx(ctx, actor, func(tx domain.Tx) error {
		if err := d.Codes.LockPhone(ctx, tx, number); err != nil {
			return err
		}
		now := d.Clock.Now()
		code, err := d.Codes.LatestCode(ctx, tx, number, purpose)
		if domain.KindOf(err) == domain.KindNotFound {
			return nil
		}
		if err != nil || !code.UsedAt.IsZero() || code.Tries >= maxTries || !now.Before(code.ExpiresAt) {
			return err
		}
		code.Tries++
		if len(given) == codeDigits && code.Hash == d.HashToken(number+" "+given) {
			code.UsedAt = now
			token = d.Secret()
			ticket := Ticket{Hash: d.HashToken(token), Phone: number, Purpose: purpose, ExpiresAt: now.Add(codeLife)}
			if err := d.Codes.InsertTicket(ctx, tx, ticket); err != nil {
				return err
			}
			if err := then(tx, number); err != nil {
				return err
			}
		}
		return d.Codes.SaveCode(ctx, tx, code)
	})
	if err == nil && token == "" {
		err = errWrongCode(op)
	}
	if err != nil {
		return "", err
	}
	return token, nil
}

// useTicket asks for the second thing: open is given the ticket's phone and
// the folded secret and says whether it matched. A wrong one is counted; the
// ticket ends with the last try, its time, or the first match.
func (d Deps) useTicket(ctx context.Context, actor domain.Actor, purpose CodePurpose, token, secret string,
	open func(tx domain.Tx, phone, secret string) (bool, error)) error {
	const op = "person.UseTicket"
	secret = foldSecret(strings.TrimSpace(secret))
	matched, dead := false, false
	err := d.Tx.InTx(ctx, actor, func(tx domain.Tx) error {
		now := d.Clock.Now()
		ticket, err := d.Codes.TicketForUpdate(ctx, tx, d.HashToken(token))
		if domain.KindOf(err) == domain.KindNotFound {
			dead = true
			return nil
		}
		if err != nil {
			return err
		}
		if ticket.Purpose != purpose || !ticket.UsedAt.IsZero() || ticket.Tries >= maxTries || !now.Before(ticket.ExpiresAt) {
			dead = true
			return nil
		}
		ticket.Tries++
		if matched, err = open(tx, ticket.Phone, secret); err != nil {
			return err
		}
		if matched {
			ticket.UsedAt = now
		}
		return d.Codes.SaveTicket(ctx, tx, ticket)
	})
	switch {
	case err != nil:
		return err
	case dead:
		return &domain.Error{Kind: domain.KindUnauthenticated, Op: op, Key: "error.code.start_again"}
	case !matched:
		return domain.Invalid(op, domain.Field("secret", "error.secret.wrong"))
	}
	return nil
}
