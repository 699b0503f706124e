package rights_test

import (
	"testing"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/casework"
	"github.com/baara-platform/baara/domain/document"
	"github.com/baara-platform/baara/domain/domaintest"
	"github.com/baara-platform/baara/domain/rights"
)

func TestACopyHoldsAllThatIsHersAndSaysWhatIsNot(t *testing.T) {
	k := newKit(t)
	k.busy()
	_, err := k.requests.Make(k.Ctx, k.her, rights.Ask{Kind: rights.Access, Words: "All of it"})
	k.Must(err)
	k.Write(func(tx domain.Tx) error {
		return k.DB.Documents().InsertDocument(k.Ctx, tx, document.Document{
			ID: k.IDs.New(), PersonID: k.her.PersonID, Kind: "diploma", Title: "CAP couture", Format: document.PDF, Size: 4, AddedBy: k.Awa.UserID, AddedAt: k.Now,
		}, []byte("body"))
	})
	for name, actor := range map[string]domain.Actor{"herself": k.her, "her referent": k.Awa, "the lead": k.Lead} {
		c, err := k.copies.Take(k.Ctx, actor, k.her.PersonID)
		k.Must(err)
		own := actor.Role == domain.RoleJobseeker
		for what, got := range map[string]struct{ got, want int }{
			"episodes": {len(c.Journey.Episodes), 1}, "displacements": {len(c.Journey.Displacements), 1}, "consents": {len(c.Consents), 2}, "papers": {len(c.Papers), 1},
			"files": {len(c.Cases), 1}, "needs": {len(c.Files[0].Barriers), 1}, "goals": {len(c.Cases[0].Plan.Goals), 1}, "steps": {len(c.Cases[0].Steps), 1},
			"notes": {len(c.Notes), 1}, "other notes": {c.NotesWithheld, 2}, "applications": {len(c.Applications), 1}, "placements": {len(c.Placements), 1},
			"messages": {len(c.Messages), 1}, "employers shown to": {len(c.Shown), 1}, "requests": {len(c.Requests), 1},
			"devices": {len(c.Sessions), map[bool]int{true: 1}[own]},
		} {
			if got.got != got.want {
				t.Errorf("%s: %d %s in the copy, want %d", name, got.got, what, got.want)
			}
		}
		if c.Person.Given != "Fanta" || c.Registration.AgencyID != k.Bamako || len(c.Looks) == 0 || c.Notes[0].Body != "CANARY note of the file" || c.Papers[0].Title != "CAP couture" {
			t.Errorf("%s: the copy is of %+v", name, c.Person)
		}
		if n := k.Count(`SELECT count(*) FROM exports WHERE kind = 'copy' AND made_by = $1 AND reference = $2`, string(actor.UserID), c.Export.Reference); n != 1 {
			t.Errorf("%s: the copy is %d times in the register of exports", name, n)
		}
		if n := k.Count(`SELECT count(*) FROM audit_entries WHERE action = 'rights.copy' AND allowed AND actor_id = $1 AND person_id = $2`, string(actor.UserID), string(k.her.PersonID)); n != 1 {
			t.Errorf("%s: the copy is %d entries of the trail", name, n)
		}
	}
}

// Two people whom one counsellor serves, each with something of everything:
// neither is in the copy of the other, also where who takes it sees both.
func TestACopyIsOfOnePerson(t *testing.T) {
	k := newKit(t)
	k.busy()
	other, err := k.files.Take(k.Ctx, k.Awa, k.stranger.PersonID)
	k.Must(err)
	_, err = k.files.WriteNote(k.Ctx, k.Awa, casework.WriteNote{CaseID: other.ID, Visibility: casework.VisibleFile, Contact: "call", Body: "of the stranger"})
	k.Must(err)
	_, err = k.requests.Make(k.Ctx, k.stranger, rights.Ask{Kind: rights.Objection, Purpose: rights.Statistics})
	k.Must(err)
	for range 3 {
		_, err = k.people.Get(k.Ctx, k.Awa, k.her.PersonID)
		k.Must(err)
	}
	_, err = k.SQL.ExecContext(k.Ctx, `INSERT INTO sessions (token_hash, id, user_id, data, device, created_at, last_seen_at, expires_at)
		VALUES ('y', gen_random_uuid(), $1, '', 'of the counsellor', now(), now(), now() + interval '1 day')`, string(k.Awa.UserID))
	k.Must(err)
	for name, actor := range map[string]domain.Actor{"the referent": k.Awa, "the lead, who sees the team's devices": k.Lead} {
		hers, err := k.copies.Take(k.Ctx, actor, k.her.PersonID)
		k.Must(err)
		theirs, err := k.copies.Take(k.Ctx, actor, k.stranger.PersonID)
		k.Must(err)
		for what, got := range map[string]struct{ got, want int }{
			"files of hers": {len(hers.Files), 1}, "notes of hers": {len(hers.Notes), 1}, "objections of hers": {len(hers.Objections), 0}, "requests of hers": {len(hers.Requests), 0},
			"files": {len(theirs.Files), 1}, "notes": {len(theirs.Notes), 1}, "objections": {len(theirs.Objections), 1}, "requests": {len(theirs.Requests), 1},
			"messages": {len(theirs.Messages), 0}, "devices": {len(theirs.Sessions), 0}, "applications": {len(theirs.Applications), 0},
			"placements": {len(theirs.Placements), 0}, "employers shown to": {len(theirs.Shown), 0},
		} {
			if got.got != got.want {
				t.Errorf("%s: %d %s, want %d", name, got.got, what, got.want)
			}
		}
		if theirs.Files[0].ID != other.ID || theirs.Notes[0].Body != "of the stranger" {
			t.Errorf("%s: the copy has the file %s and the note %q", name, theirs.Files[0].ID, theirs.Notes[0].Body)
		}
		for _, l := range theirs.Looks {
			if l.Action == "person.read" {
				t.Errorf("%s: who read the other's record is in the copy", name)
			}
		}
	}
}

func TestNobodyElseTakesACopy(t *testing.T) {
	k := newKit(t)
	for name, c := range map[string]struct {
		actor domain.Actor
		want  domain.Kind
	}{
		"another jobseeker": {k.stranger, domain.KindNotFound}, "a colleague, who may not read the journey": {k.Moussa, domain.KindNotFound},
		"another agency": {k.Binta, domain.KindNotFound}, "the administrator": {k.Administrator, domain.KindNotFound}, "the officer": {k.officer, domain.KindNotFound},
	} {
		_, err := k.copies.Take(k.Ctx, c.actor, k.her.PersonID)
		domaintest.Refused(t, name, err, c.want)
	}
	if n := k.Count(`SELECT count(*) FROM exports`); n != 0 {
		t.Errorf("%d exports of refused copies", n)
	}
}
