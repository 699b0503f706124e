package edge

import (
	"context"
	"net/netip"
	"strings"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/identity"
	"github.com/baara-platform/baara/domain/seal"
)

// How often what may be tried. A whole registration day behind one address of
// an agency, or of a telephone network, must fit the first: the pages of a form
// count against the form instead.
var (
	addressRate = identity.Rate{Every: 2 * time.Second, Burst: 60}
	draftRate   = identity.Rate{Every: 2 * time.Second, Burst: 60}
	accountRate = identity.Rate{Every: 30 * time.Second, Burst: 10}
	keptRate    = identity.Rate{Every: 2 * time.Second, Burst: 60}
	secondRate  = identity.Rate{Every: 5 * time.Minute, Burst: 8} // six digits are few
)

// meter counts against one rate: in memory first, then in the database, which
// remembers across restarts and is shared by servers.
type meter struct {
	name   string
	rate   identity.Rate
	memory *Budget
}

func newMeter(clock domain.Clock, name string, rate identity.Rate) meter {
	return meter{name: name, rate: rate, memory: NewBudget(clock, rate.Every, rate.Burst)}
}

// spend takes one from a key's budget, or is TooMany and says when to come back.
func (e *Edge) spend(ctx context.Context, m meter, what string) error {
	key := seal.HashToken(m.name + " " + what)
	if err := m.memory.Spend(key); err != nil {
		return err
	}
	if e.budgets == nil {
		return nil
	}
	wait, err := e.budgets.Spend(ctx, key, m.rate, e.clock.Now())
	if err == nil && wait > 0 {
		err = tooMany(wait)
	}
	return err
}

func tooMany(wait time.Duration) error {
	err := domain.TooMany("edge.spend", "error.too_many")
	err.After = wait
	return err
}

// SpendPublic counts one unsafe act of a visitor, by address.
func (e *Edge) SpendPublic(ctx context.Context) error {
	return e.spend(ctx, e.byAddress, network(addressFrom(ctx)))
}

// SpendDraft counts one page of a form that somebody fills in, by the form.
func (e *Edge) SpendDraft(ctx context.Context, token string) error {
	return e.spend(ctx, e.byDraft, token)
}

// network is what shares a budget: an IPv4 address, or the /64 that one
// subscriber has of IPv6.
func network(address string) string {
	ip, err := netip.ParseAddr(address)
	if err != nil || ip.Unmap().Is4() {
		return address
	}
	if prefix, err := ip.Prefix(64); err == nil {
		return prefix.String()
	}
	return address
}

// SpendSignIn counts one try to sign in: by address, and by what account was
// tried, whether it exists or not. On a browser the account was signed in on
// before, tries have a budget of their own: strangers elsewhere cannot lock its
// holder out.
func (e *Edge) SpendSignIn(ctx context.Context, account string) error {
	if err := e.SpendPublic(ctx); err != nil {
		return err
	}
	who := accountHash(account)
	if device := e.deviceFrom(ctx); device != "" && e.budgets != nil {
		known, err := e.budgets.KnownDevice(ctx, device, who, e.clock.Now())
		if err != nil {
			return err
		}
		if known {
			return e.spend(ctx, e.byAccount, device+" "+who)
		}
	}
	return e.spend(ctx, e.byAccount, who)
}

// SpendSecond counts one try of an account's second factor, or of saying again
// who one is.
func (e *Edge) SpendSecond(ctx context.Context, user domain.ID) error {
	if err := e.SpendPublic(ctx); err != nil {
		return err
	}
	return e.spend(ctx, e.bySecond, string(user))
}

func accountHash(account string) string {
	return seal.HashToken("account " + strings.ToLower(strings.Join(strings.Fields(account), "")))
}
