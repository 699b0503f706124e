package person

import (
	"context"
	"slices"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
	"github.com/baara-platform/baara/domain/text"
)

// minSecret is the shortest second thing, in folded letters and digits.
const minSecret = 4

// foldSecret forgives capitals, accents and spaces in the second thing: it is
// remembered as a word, and typed on another phone.
func foldSecret(s string) string { return compact(text.Fold(s)) }

// Drafts are the use-cases on the public form while it is being filled in. A
// draft is reached by its token, kept in the visitor's cookie, or by phone:
// then a code sent to the phone shows how far it is, and only the second
// thing opens it (see Resume).
type Drafts struct{ d Deps }

// NewDrafts wires the use-cases.
func NewDrafts(d Deps) *Drafts { return &Drafts{d: d} }

// Start opens a draft and gives its token, this once.
func (s *Drafts) Start(ctx context.Context, actor domain.Actor, lang string) (string, DraftForm, error) {
	const op = "person.StartDraft"
	if !langTag.MatchString(lang) {
		return "", DraftForm{}, domain.Invalid(op, domain.Field("language", "error.choice"))
	}
	token, now := s.d.Secret(), s.d.Clock.Now()
	draft := DraftForm{
		ID: s.d.IDs.New(), TokenHash: s.d.HashToken(token), Language: lang,
		CreatedAt: now, UpdatedAt: now, ExpiresAt: now.Add(draftLife), Version: 1,
	}
	err := s.d.Tx.InTx(ctx, actor, func(tx domain.Tx) error {
		if err := s.d.Policy.Authorise(tx, actor, access.PersonRegister, access.Facts{}); err != nil {
			return err
		}
		return s.d.Drafts.InsertDraft(ctx, tx, draft)
	})
	return token, draft, err
}

// Get reads the draft of a token. One that was sent has no answers any more.
func (s *Drafts) Get(ctx context.Context, actor domain.Actor, token string) (DraftForm, error) {
	var out DraftForm
	err := s.d.Tx.View(ctx, actor, func(tx domain.Tx) error {
		var err error
		out, err = s.draft(ctx, tx, token, false)
		return err
	})
	return out, err
}

func (s *Drafts) draft(ctx context.Context, tx domain.Tx, token string, lock bool) (DraftForm, error) {
	d, err := s.d.Drafts.DraftByToken(ctx, tx, s.d.HashToken(token), lock)
	if err == nil && d.expired(s.d.Clock.Now()) {
		err = domain.NotFound("person.Draft")
	}
	return d, err
}

// SaveStep keeps what one page of the form asked.
type SaveStep struct {
	Token    string
	Version  int // of the draft the page was shown with; 0: whatever it is
	Step     string
	Language string // when the visitor changed it, else ""
	Answers  Answers
	Secret   string // the second thing, on the page that asks for it; else ""
}

// SaveStep stores a page's answers. They are checked for what is wrong, not
// for what is missing: see Missing. Phones come back in E.164.
func (s *Drafts) SaveStep(ctx context.Context, actor domain.Actor, in SaveStep) (DraftForm, error) {
	const op = "person.SaveStep"
	p := in.Answers.person()
	check := s.d.checker()
	check.all(&p)
	check.text(&in.Step, "step", 40)
	check.text(&in.Answers.HelperName, "helper_name", maxName)
	check.text(&in.Answers.TextVersion, "text_version", 40)
	check.fields.Check(in.Language == "" || langTag.MatchString(in.Language), "language", "error.choice")
	check.fields.Check(in.Secret == "" || len(foldSecret(in.Secret)) >= minSecret, "secret", "error.secret.short", "Min", minSecret)
	check.long(len(in.Answers.Consents), "consents", len(Purposes()))
	for _, purpose := range in.Answers.Consents {
		check.fields.Check(slices.Contains(Purposes(), purpose), "consents", "error.choice")
	}
	if err := check.fields.Err(op); err != nil {
		return DraftForm{}, err
	}
	hash := ""
	if in.Secret != "" {
		var err error
		if hash, err = s.d.Secrets.Hash(ctx, foldSecret(in.Secret)); err != nil {
			return DraftForm{}, err
		}
	}
	var out DraftForm
	err := s.d.Tx.InTx(ctx, actor, func(tx domain.Tx) error {
		draft, err := s.draft(ctx, tx, in.Token, true)
		if err != nil {
			return err
		}
		if err := s.d.Policy.Authorise(tx, actor, access.PersonRegister, access.Facts{}); err != nil {
			return err
		}
		switch {
		case !draft.PersonID.IsZero():
			return domain.Conflict(op, "error.draft.sent")
		case in.Version != 0 && in.Version != draft.Version:
			return domain.Stale(op)
		}
		draft.Answers, draft.Step, draft.UpdatedAt = in.Answers.with(p), in.Step, s.d.Clock.Now()
		draft.Phone = signInPhone(p)
		if in.Language != "" {
			draft.Language = in.Language
		}
		if hash != "" {
			draft.SecretHash = hash
		}
		if err := s.d.Drafts.SaveDraft(ctx, tx, draft); err != nil {
			return err
		}
		draft.Version++
		out = draft
		return nil
	})
	return out, err
}

// Missing notes what the form still needs before it can be sent, under the
// names of its inputs.
func (s *Drafts) Missing(a Answers) domain.Fields {
	var f domain.Fields
	required(&f, a.person(), s.d.today())
	return f
}

// Clean removes drafts and tickets nobody came back to; it tells how many drafts.
func (s *Drafts) Clean(ctx context.Context, actor domain.Actor) (int, error) {
	n := 0
	err := s.d.Tx.InTx(ctx, actor, func(tx domain.Tx) error {
		var err error
		n, err = s.d.Drafts.DeleteExpiredDrafts(ctx, tx, s.d.Clock.Now())
		return err
	})
	return n, err
}
