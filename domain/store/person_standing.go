package store

import (
	"context"
	"time"

	"gorm.io/gorm"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
	"github.com/baara-platform/baara/domain/person"
)

type stepRow struct {
	ID         string    `json:"id"`
	RecordID   string    `json:"record_id"`
	Transition string    `json:"transition"`
	FromState  string    `json:"from_state"`
	ToState    string    `json:"to_state"`
	ActorID    *string   `json:"actor_id"`
	ActorRole  string    `json:"actor_role"`
	At         time.Time `json:"at"`
	Sealed     sealed    `json:"sealed"` // the reason
}

type accountRow struct {
	ID           string    `json:"id"`
	Role         string    `json:"role"`
	Name         string    `json:"name"`
	PhoneHash    *string   `json:"phone_hash"`
	Sealed       sealed    `json:"sealed"`
	PasswordHash *string   `json:"password_hash"`
	PersonID     string    `json:"person_id"`
	Language     string    `json:"language"`
	CreatedAt    time.Time `json:"created_at"`
	Demo         bool      `json:"demo"`
	Version      int       `json:"version"`
}

// insertStanding writes what people become by being registered: registration
// with its history, consents, journey, account. An account's name is the
// reference: names stay with the person.
func insertStanding(ctx context.Context, t domain.Tx, newcomers []person.Newcomer, keys keyring) error {
	seals := &sealing{keys: keys}
	var registrations []registrationRow
	var steps []stepRow
	var consents []consentRow
	var accounts []accountRow
	var journeys journeyRows
	for _, n := range newcomers {
		registrations = append(registrations, registrationToRow(n.Registration))
		for _, s := range n.Steps {
			steps = append(steps, stepRow{
				string(s.ID), string(s.RecordID), s.Transition, string(s.From), string(s.To), nullID(s.ActorID), string(s.ActorRole), s.At,
				seals.seal(n.Person.ID, "registration_history.sealed", s.Reason),
			})
		}
		for _, c := range n.Consents {
			consents = append(consents, consentToRow(c, seals))
		}
		journeys.add(n.Person.ID, n.Journey, seals)
		if a := n.Account; a != nil {
			accounts = append(accounts, accountRow{
				ID: string(a.ID), Role: string(domain.RoleJobseeker), Name: n.Person.Reference,
				PhoneHash: nullText(hashOf(t, phoneKind, a.Phone)), Sealed: seals.seal(n.Person.ID, userColumn, sealedUser{Phone: a.Phone}),
				PasswordHash: nullText(a.SecretHash), PersonID: string(n.Person.ID), Language: a.Language,
				CreatedAt: a.CreatedAt, Demo: n.Person.Demo, Version: 1,
			})
		}
	}
	if seals.err != nil {
		return seals.err
	}
	if err := insertMany(ctx, t, "registrations", registrations); err != nil {
		return err
	}
	if err := insertMany(ctx, t, "registration_history", steps); err != nil {
		return err
	}
	if err := insertMany(ctx, t, "consents", consents); err != nil {
		return err
	}
	if err := journeys.insert(ctx, t); err != nil {
		return err
	}
	return insertMany(ctx, t, "users", accounts)
}

// External tells which external ids of a source are known.
func (Persons) External(ctx context.Context, t domain.Tx, source string, ids []string) (map[string]domain.ID, error) {
	hashes := make(textArray, len(ids))
	told := make(map[string]string, len(ids))
	for i, id := range ids {
		hashes[i] = hashOf(t, externalKind, id)
		told[hashes[i]] = id
	}
	var rows []struct{ ExternalID, ID string }
	err := on(ctx, t).Raw(byExternal("persons", "external_hash"), hashes, source).Scan(&rows).Error
	out := make(map[string]domain.ID, len(rows))
	for _, r := range rows {
		out[told[r.ExternalID]] = domain.ID(r.ID)
	}
	return out, fault("store.Persons.External", err)
}

// Facts reads agency, referent and live shares of people in one query: of
// anybody, since the policy decides on them, and nothing else of anybody.
func (Persons) Facts(ctx context.Context, t domain.Tx, ids []domain.ID) (map[domain.ID]access.Facts, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	var rows []struct {
		ID, AgencyID, OwnerID *string
		Shares, Opened        textArray
		Merged                bool
	}
	err := on(ctx, t).Raw(`SELECT f.id::text, f.agency_id::text, f.owner_id::text, f.shares::text[], o.users::text[] AS opened, rls.merged(f.id) AS merged
		FROM rls.facts(?::uuid[]) f LEFT JOIN rls.emergencies(?::uuid[]) o ON o.person_id = f.id`, idArray(ids), idArray(ids)).Scan(&rows).Error
	out := make(map[domain.ID]access.Facts, len(rows))
	for _, r := range rows {
		out[idOf(r.ID)] = access.Facts{
			RecordID: idOf(r.ID), PersonID: idOf(r.ID), AgencyID: idOf(r.AgencyID), OwnerID: idOf(r.OwnerID),
			SharedWith: textList[domain.ID](r.Shares), OpenedBy: textList[domain.ID](r.Opened), Merged: r.Merged,
		}
	}
	return out, fault("store.Persons.Facts", err)
}

// Matchable tells who of any agency may be matched. It shares its condition
// with the index and adds absence, which ends without a change of the record.
func (s Persons) Matchable(ctx context.Context, ids []domain.ID, at time.Time) (map[domain.ID]bool, error) {
	var found []string
	err := s.db.as(ctx, indexRole, func(g *gorm.DB) error {
		return fault("store.Persons.Matchable", g.Raw(`SELECT p.id::text FROM persons p
		JOIN registrations r ON r.person_id = p.id AND r.state = 'active'
		JOIN consents c ON c.person_id = p.id AND c.purpose = 'matching' AND c.withdrawn_at IS NULL AND (c.expires_at IS NULL OR c.expires_at > ?)
		WHERE p.id = ANY(?::uuid[]) AND (p.absent_until IS NULL OR p.absent_until <= ?::date)`,
			at, idArray(ids), domain.DateOf(at).String()).Scan(&found).Error)
	})
	out := make(map[domain.ID]bool, len(found))
	for _, id := range found {
		out[domain.ID(id)] = true
	}
	return out, err
}
