package person

import (
	"context"
	"errors"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
)

// Codes and tickets come before an actor is known: they are Baara's own acts,
// in tables that no person's act can reach.

// errWrongCode is one answer for a wrong, an expired, a used up and a never
// sent code, and for a phone nobody knows.
func errWrongCode(op string) error {
	return domain.Invalid(op, domain.Field("code", "error.code.wrong"))
}

// recipient finds what is wished of a phone and the language of a code sent to
// it; false when the phone belongs to nothing the code could open.
type recipient func(ctx context.Context, tx domain.Tx, phone string) ([]NumberUse, string, bool, error)

// sendCode makes a code for a phone and sends it where there is something to
// open. Every phone number gets a code row, so that waiting, tries and
// answers are the same for known and unknown ones.
func (d Deps) sendCode(ctx context.Context, actor domain.Actor, purpose CodePurpose, typed string, find recipient) error {
	const op = "person.SendCode"
	number, err := d.Phones.Parse(typed, d.Rules.Country)
	if err != nil {
		return domain.Invalid(op, domain.Field("phone", "error.phone"))
	}
	return d.Tx.InTx(ctx, actor.ByBaara(), func(tx domain.Tx) error {
		if err := d.Codes.LockPhone(ctx, tx, number); err != nil {
			return err
		}
		now := d.Clock.Now()
		last, err := d.Codes.LatestCode(ctx, tx, number, purpose)
		if err != nil && domain.KindOf(err) != domain.KindNotFound {
			return err
		}
		if err == nil && now.Sub(last.CreatedAt) < codeInterval {
			wait := domain.TooMany(op, "error.code.wait")
			wait.After = codeInterval - now.Sub(last.CreatedAt)
			return wait
		}
		secret := d.NewCode()
		code := Code{
			ID: d.IDs.New(), Phone: number, Purpose: purpose, Hash: d.HashToken(number + " " + secret),
			CreatedAt: now, ExpiresAt: now.Add(codeLife),
		}
		if err := d.Codes.InsertCode(ctx, tx, code); err != nil {
			return err
		}
		wishes, lang, known, err := find(ctx, tx, number)
		if err != nil {
			return err
		}
		if !known {
			return d.Outbox.sendNothing(ctx, tx, number)
		}
		return d.Outbox.sendCode(ctx, tx, number, wishes, lang, secret)
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
	err = d.Tx.InTx(ctx, actor.ByBaara(), func(tx domain.Tx) error {
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
		if err = d.refuse(ctx, actor); err == nil {
			err = errWrongCode(op)
		}
	}
	if err != nil {
		return "", err
	}
	return token, nil
}

// refuse notes in the audit trail that a code or a second thing was wrong,
// whether or not somebody has the phone. The entry names nobody.
func (d Deps) refuse(ctx context.Context, actor domain.Actor) error {
	actor.Once = domain.Once{}
	refused := domain.Unauthenticated("person.refuse")
	err := d.Tx.InTx(ctx, actor, func(tx domain.Tx) error {
		tx.Decided(domain.Decision{Action: string(access.SessionCode), Kind: "user"})
		return refused
	})
	if errors.Is(err, refused) {
		return nil
	}
	return err
}

// useTicket asks for the second thing. Hashes gives the hashes it may match,
// for the ticket's phone; opened runs in the transaction that uses the ticket
// up, with the position of the one that matched. The try is counted before
// anything is compared, and comparing, which is slow on purpose, holds no
// transaction open. The ticket ends with the last try, its time, or a match.
func (d Deps) useTicket(ctx context.Context, actor domain.Actor, purpose CodePurpose, token, secret string,
	hashes func(tx domain.Tx, phone string) ([]string, error), opened func(tx domain.Tx, match int) error) error {
	const op = "person.UseTicket"
	var candidates []string
	ticket, err := d.countTry(ctx, actor, purpose, token, func(tx domain.Tx, phone string) error {
		var err error
		candidates, err = hashes(tx, phone)
		return err
	})
	if err != nil {
		return err
	}
	match := -1
	for i, hash := range append(candidates, "") {
		ok, err := d.Secrets.Compare(ctx, foldSecret(secret), hash)
		if err != nil {
			return err
		}
		if ok && hash != "" {
			match = i
			break
		}
	}
	if match < 0 {
		if err := d.refuse(ctx, actor); err != nil {
			return err
		}
		return domain.Invalid(op, domain.Field("secret", "error.secret.wrong"))
	}
	return d.Tx.InTx(ctx, actor.ByBaara(), func(tx domain.Tx) error {
		now, err := d.Codes.TicketForUpdate(ctx, tx, ticket.Hash)
		if err != nil {
			return err
		}
		if !now.UsedAt.IsZero() {
			return errStartAgain(op)
		}
		now.UsedAt = d.Clock.Now()
		if err := d.Codes.SaveTicket(ctx, tx, now); err != nil {
			return err
		}
		return opened(tx, match)
	})
}

// countTry counts one try of a ticket that may still be used.
func (d Deps) countTry(ctx context.Context, actor domain.Actor, purpose CodePurpose, token string, read func(tx domain.Tx, phone string) error) (Ticket, error) {
	const op = "person.UseTicket"
	var ticket Ticket
	err := d.Tx.InTx(ctx, actor.ByBaara(), func(tx domain.Tx) error {
		var err error
		ticket, err = d.Codes.TicketForUpdate(ctx, tx, d.HashToken(token))
		if domain.KindOf(err) == domain.KindNotFound {
			return errStartAgain(op)
		}
		if err != nil {
			return err
		}
		if ticket.Purpose != purpose || !ticket.UsedAt.IsZero() || ticket.Tries >= maxTries || !d.Clock.Now().Before(ticket.ExpiresAt) {
			return errStartAgain(op)
		}
		ticket.Tries++
		if err := d.Codes.SaveTicket(ctx, tx, ticket); err != nil {
			return err
		}
		return read(tx, ticket.Phone)
	})
	return ticket, err
}

// errStartAgain answers for a ticket that opens nothing any more.
func errStartAgain(op string) error {
	return &domain.Error{Kind: domain.KindUnauthenticated, Op: op, Key: "error.code.start_again"}
}
