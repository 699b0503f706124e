package person

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/person/wording"
)

// Asked lists the purposes people are asked for beforehand. A name is given to
// one employer at a time: that is asked when there is one.
func Asked() []Purpose { return []Purpose{ForMatching, ForFollowUp, ForMessages} }

// checkConsent holds the rules of modes: a click is the person's own, what
// staff record names a witness where nothing is signed, for a minor the
// guardian consents, and who consents for somebody can be reached.
func (d Deps) checkConsent(f *domain.Fields, actor domain.Actor, p Person, in *GiveConsent) {
	in.Witness, in.Representative, in.Paper = strings.TrimSpace(in.Witness), strings.TrimSpace(in.Representative), strings.TrimSpace(in.Paper)
	if in.Language == "" {
		in.Language = p.Contact.Language
	}
	f.Check(slices.Contains(Purposes(), in.Purpose), "purpose", "error.choice")
	f.Check(in.Purpose != ForSharing, "purpose", "error.consent.contact")
	f.Check(wording.Known(in.TextVersion), "text_version", "error.consent.text")
	own := actor.Role == domain.RoleJobseeker
	switch in.Mode {
	case ByClick:
		f.Check(own, "mode", "error.consent.click")
	case ByWriting:
		f.Check(!own, "mode", "error.consent.staff")
	case ByWord, ByThumbprint:
		f.Check(!own, "mode", "error.consent.staff")
		f.Check(in.Witness != "", "witness", "error.consent.witness")
	case ByRepresentative:
		d.checkRepresentative(f, p, in)
	default:
		f.Add("mode", "error.choice")
	}
	f.Check(!p.Birth.Minor(d.today()) || in.Mode == ByRepresentative, "mode", "error.consent.minor")
}

// checkRepresentative fills in the guardian of the record where nobody else is
// named, and asks for a number to reach who consented at.
func (d Deps) checkRepresentative(f *domain.Fields, p Person, in *GiveConsent) {
	if in.Representative == "" {
		in.Representative = p.Guardian
	}
	f.Check(in.Representative != "", "representative", "error.required")
	if in.RepresentativePhone == "" {
		if in.Representative == p.Guardian {
			in.RepresentativePhone = p.GuardianPhone
		}
		return
	}
	number, err := d.Phones.Parse(in.RepresentativePhone, d.Rules.Country)
	f.Check(err == nil, "representative_phone", "error.phone")
	in.RepresentativePhone = number
}

func (d Deps) consent(actor domain.Actor, p Person, in GiveConsent) Consent {
	now := d.Clock.Now()
	return Consent{
		ID: d.IDs.New(), PersonID: p.ID, Purpose: in.Purpose, TextVersion: in.TextVersion, Language: in.Language, Mode: in.Mode,
		Witness: in.Witness, Representative: in.Representative, RepresentativePhone: in.RepresentativePhone, Paper: in.Paper,
		GivenAt: now, ExpiresAt: d.consentEnd(now), RecordedBy: actor.UserID,
	}
}

// AgreeToContact is what somebody agreed to about one employer.
type AgreeToContact struct {
	PersonID domain.ID
	Recipient
	Language       string      // of the text that was read or heard; "" means the person's
	Mode           ConsentMode // "" or ByClick where the person acts
	Witness        string
	Representative string
}

// AgreeIn records, in the transaction of the application, that somebody agrees
// to be named to its employer, and gives how. It stands as long as the contact.
// For a minor the guardian of the record stands for a click.
func (s *Consents) AgreeIn(ctx context.Context, tx domain.Tx, actor domain.Actor, in AgreeToContact) (ConsentMode, error) {
	const op = "person.AgreeIn"
	p, err := s.d.People.Get(ctx, tx, in.PersonID)
	if err != nil {
		return "", err
	}
	give := GiveConsent{
		PersonID: p.ID, Purpose: ForSharing, TextVersion: wording.Current, Language: in.Language, Mode: in.Mode,
		Witness: strings.TrimSpace(in.Witness), Representative: strings.TrimSpace(in.Representative),
	}
	own, minor := actor.Role == domain.RoleJobseeker, p.Birth.Minor(s.d.today())
	if own {
		give.Mode = ByClick
		if minor {
			give.Mode = ByRepresentative
		}
	}
	if give.Language == "" {
		give.Language = p.Contact.Language
	}
	var f domain.Fields
	f.Check(own || slices.Contains(StaffModes(), give.Mode), "mode", "error.choice")
	f.Check(!minor || give.Mode == ByRepresentative, "mode", "error.consent.minor")
	if give.Mode == ByRepresentative {
		s.d.checkRepresentative(&f, p, &give)
	}
	if err := f.Err(op); err != nil {
		return "", err
	}
	c := s.d.consent(actor, p, give)
	c.Recipient, c.ExpiresAt = in.Recipient, time.Time{}
	return c.Mode, s.d.Consents.InsertConsent(ctx, tx, c)
}

// WithdrawingIn waits, in the transaction of an act by which the person wants no
// more of a contact, for what is on its way about her: before rows are locked.
func (s *Consents) WithdrawingIn(ctx context.Context, tx domain.Tx, person domain.ID) error {
	return s.d.Consents.Withdrawing(ctx, tx, person)
}

// EndIn ends the consent to a contact, in the transaction that ends the contact
// because the person wants no more of it.
func (s *Consents) EndIn(ctx context.Context, tx domain.Tx, actor domain.Actor, person, application domain.ID) error {
	end := ConsentEnd{At: s.d.Clock.Now(), By: actor.UserID}
	if actor.Role == domain.RoleJobseeker {
		end.Mode = ByClick
	}
	return s.d.Consents.EndContact(ctx, tx, person, application, end)
}
