package store

import (
	"context"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/person"
)

// PhoneCodes implements person.CodeStore and person.AccountStore: what
// signing in and resuming by phone look at.
type PhoneCodes struct{ ids domain.IDs }

// PhoneCodes keeps one-time codes and their tickets. A code keeps a keyed hash
// of the phone, which is all that looking it up takes; a ticket leads on to the
// phone's forms and accounts, so it keeps the phone too, under a key of its own.
func (d *DB) PhoneCodes() PhoneCodes { return PhoneCodes{ids: d.ids} }

type codeRow struct {
	ID        string
	PhoneHash string
	Purpose   string
	CodeHash  string
	Tries     int
	CreatedAt time.Time
	ExpiresAt time.Time
	UsedAt    *time.Time
}

func (codeRow) TableName() string { return "one_time_codes" }

type ticketRow struct {
	Hash      string
	ID        string
	Sealed    sealed // the phone
	PhoneHash string
	Purpose   string
	Tries     int
	ExpiresAt time.Time
	UsedAt    *time.Time
}

const ticketColumn = "resume_tickets.sealed"

func (ticketRow) TableName() string { return "resume_tickets" }

// LockPhone holds an advisory lock until the end of the transaction.
func (PhoneCodes) LockPhone(ctx context.Context, t domain.Tx, phone string) error {
	return fault("store.LockPhone", on(ctx, t).Exec(`SELECT pg_advisory_xact_lock(hashtextextended('phone ' || ?, 0))`, phone).Error)
}

// LatestCode gives the newest code of a phone; older ones count no more.
func (PhoneCodes) LatestCode(ctx context.Context, t domain.Tx, phone string, purpose person.CodePurpose) (person.Code, error) {
	var r codeRow
	err := on(ctx, t).Where("phone_hash = ? AND purpose = ?", hashOf(t, codeKind, phone), string(purpose)).Order("created_at DESC, id DESC").Take(&r).Error
	if err != nil {
		return person.Code{}, fault("store.LatestCode", err)
	}
	return person.Code{
		ID: domain.ID(r.ID), Phone: phone, Purpose: person.CodePurpose(r.Purpose), Hash: r.CodeHash, Tries: r.Tries,
		CreatedAt: r.CreatedAt.UTC(), ExpiresAt: r.ExpiresAt.UTC(), UsedAt: timeOf(r.UsedAt),
	}, nil
}

// InsertCode writes a new code.
func (PhoneCodes) InsertCode(ctx context.Context, t domain.Tx, c person.Code) error {
	return fault("store.InsertCode", on(ctx, t).Create(&codeRow{
		ID: string(c.ID), PhoneHash: hashOf(t, codeKind, c.Phone), Purpose: string(c.Purpose), CodeHash: c.Hash, Tries: c.Tries,
		CreatedAt: c.CreatedAt, ExpiresAt: c.ExpiresAt, UsedAt: nullTime(c.UsedAt),
	}).Error)
}

// SaveCode stores tries and use.
func (PhoneCodes) SaveCode(ctx context.Context, t domain.Tx, c person.Code) error {
	return touched("store.SaveCode", on(ctx, t).Model(&codeRow{}).Where("id = ?", string(c.ID)).
		Updates(map[string]any{"tries": c.Tries, "used_at": nullTime(c.UsedAt)}))
}

// InsertTicket writes a new ticket.
func (s PhoneCodes) InsertTicket(ctx context.Context, t domain.Tx, k person.Ticket) error {
	id := s.ids.New()
	phone, err := sealOne(ctx, t, id, ticketColumn, k.Phone)
	if err != nil {
		return err
	}
	return fault("store.InsertTicket", on(ctx, t).Create(&ticketRow{
		Hash: k.Hash, ID: string(id), Sealed: phone, PhoneHash: hashOf(t, codeKind, k.Phone), Purpose: string(k.Purpose), Tries: k.Tries, ExpiresAt: k.ExpiresAt, UsedAt: nullTime(k.UsedAt),
	}).Error)
}

// TicketForUpdate reads a ticket and locks it.
func (PhoneCodes) TicketForUpdate(ctx context.Context, t domain.Tx, hash string) (person.Ticket, error) {
	var rows []ticketRow
	if err := on(ctx, t).Raw(`SELECT * FROM resume_tickets WHERE hash = ? FOR UPDATE`, hash).Scan(&rows).Error; err != nil {
		return person.Ticket{}, fault("store.Ticket", err)
	}
	if len(rows) == 0 {
		return person.Ticket{}, domain.NotFound("store.Ticket")
	}
	r := rows[0]
	o, err := inside(ctx, t)([]domain.ID{domain.ID(r.ID)})
	if err != nil {
		return person.Ticket{}, err
	}
	return person.Ticket{
		Hash: r.Hash, Phone: o.text(domain.ID(r.ID), ticketColumn, r.Sealed), Purpose: person.CodePurpose(r.Purpose), Tries: r.Tries,
		ExpiresAt: r.ExpiresAt.UTC(), UsedAt: timeOf(r.UsedAt),
	}, o.err
}

// SaveTicket stores tries and use.
func (PhoneCodes) SaveTicket(ctx context.Context, t domain.Tx, k person.Ticket) error {
	return touched("store.SaveTicket", on(ctx, t).Model(&ticketRow{}).Where("hash = ?", k.Hash).
		Updates(map[string]any{"tries": k.Tries, "used_at": nullTime(k.UsedAt)}))
}

// AccountsOf gives the jobseeker accounts with a phone that may sign in.
func (PhoneCodes) AccountsOf(ctx context.Context, t domain.Tx, phone string, limit int) ([]person.Account, error) {
	var rows []accountRow
	err := on(ctx, t).Raw(`SELECT id, password_hash, language, created_at FROM users
		WHERE phone_hash = ? AND role = 'jobseeker' AND disabled_at IS NULL ORDER BY created_at DESC, id DESC LIMIT ?`, hashOf(t, phoneKind, phone), limit).Scan(&rows).Error
	out := make([]person.Account, len(rows))
	for i, r := range rows {
		out[i] = person.Account{
			ID: domain.ID(r.ID), Phone: phone, SecretHash: textOf(r.PasswordHash), Language: r.Language, CreatedAt: r.CreatedAt.UTC(),
		}
	}
	return out, fault("store.AccountsOf", err)
}

// NumberUses gives what everybody who has a number wishes of it, always by
// the same number of queries: whether somebody has it must not be timed.
func (PhoneCodes) NumberUses(ctx context.Context, t domain.Tx, number string) ([]person.NumberUse, error) {
	var rows []struct {
		NeverSMS                     bool `gorm:"column:never_sms"`
		SafeFrom, SafeUntil, Country *string
	}
	err := on(ctx, t).Raw(`SELECT DISTINCT n.never_sms, to_char(n.safe_from, 'HH24:MI') AS safe_from, to_char(n.safe_until, 'HH24:MI') AS safe_until,
			p.residence_country AS country FROM person_phones n JOIN persons p ON p.id = n.person_id WHERE n.number_hash = ?`, hashOf(t, phoneKind, number)).Scan(&rows).Error
	out := make([]person.NumberUse, len(rows))
	for i, r := range rows {
		out[i] = person.NumberUse{NeverSMS: r.NeverSMS, SafeFrom: textOf(r.SafeFrom), SafeUntil: textOf(r.SafeUntil), Country: textOf(r.Country)}
	}
	return out, fault("store.NumberUses", err)
}
