package access_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/access"
)

func TestNothingIsAllowedWithoutARow(t *testing.T) {
	empty := access.New(nil)
	everything := access.Facts{PersonID: "p", AccountID: "u", OwnerID: "u", AgencyID: "a", OrganisationID: "o", AuthorID: "u", Published: true}
	for _, role := range domain.AllRoles() {
		actor := domain.Actor{Role: role, UserID: "u", PersonID: "p", AgencyID: "a", OrganisationID: "o"}
		if got := empty.Allows(actor, access.CaseRead, everything); got != (role == domain.RoleSystem) {
			t.Errorf("%s is allowed by an empty policy: %v", role, got)
		}
	}
}

func TestRelations(t *testing.T) {
	actor := domain.Actor{Role: domain.RoleCounsellor, UserID: "user", PersonID: "person", AgencyID: "agency", OrganisationID: "organisation"}
	for name, c := range map[string]struct {
		relation access.Relation
		holds    access.Facts
		not      access.Facts
	}{
		"self":                     {access.Self, access.Facts{PersonID: "person"}, access.Facts{PersonID: "other"}},
		"own account":              {access.OwnAccount, access.Facts{AccountID: "user"}, access.Facts{AccountID: "person"}},
		"referent":                 {access.Referent, access.Facts{OwnerID: "user"}, access.Facts{AuthorID: "user"}},
		"same agency":              {access.SameAgency, access.Facts{AgencyID: "agency"}, access.Facts{AgencyID: "elsewhere"}},
		"same organisation":        {access.SameOrganisation, access.Facts{OrganisationID: "organisation"}, access.Facts{OrganisationID: "agency"}},
		"author":                   {access.Author, access.Facts{AuthorID: "user"}, access.Facts{OwnerID: "user"}},
		"published":                {access.Published, access.Facts{Published: true}, access.Facts{}},
		"shared with the person":   {access.SharedWith, access.Facts{SharedWith: []domain.ID{"x", "user"}}, access.Facts{SharedWith: []domain.ID{"x"}}},
		"shared with the agency":   {access.SharedWith, access.Facts{SharedWith: []domain.ID{"agency"}}, access.Facts{}},
		"opened in an emergency":   {access.Emergency, access.Facts{OpenedBy: []domain.ID{"x", "user"}}, access.Facts{OpenedBy: []domain.ID{"x", "agency"}}},
		"an unknown relation":      {"friend", access.Facts{}, access.Facts{PersonID: "person"}},
		"nothing matches nothing":  {access.Anyone, access.Facts{}, access.Facts{}},
		"missing is not the same ": {access.Self, access.Facts{PersonID: "person"}, access.Facts{}},
	} {
		t.Run(name, func(t *testing.T) {
			want := c.relation != "friend"
			if got := c.holds.Holds(actor, c.relation); got != want {
				t.Errorf("holds: %v, want %v", got, want)
			}
			if c.relation != access.Anyone && c.not.Holds(actor, c.relation) {
				t.Error("holds for a record it should not")
			}
		})
	}
	visitor := domain.Anonymous()
	for _, r := range []access.Relation{access.Self, access.Referent, access.SameAgency, access.SameOrganisation, access.Author, access.OwnAccount, access.SharedWith, access.Emergency} {
		if (access.Facts{SharedWith: []domain.ID{""}, OpenedBy: []domain.ID{""}}).Holds(visitor, r) {
			t.Errorf("a visitor without ids is %s of a record without facts", r)
		}
	}
}

func TestRefusalsDoNotTellWhatIsHidden(t *testing.T) {
	p := access.New([]access.Row{
		{Role: domain.RoleCounsellor, Action: access.CaseRead, Relation: access.SameAgency},
		{Role: domain.RoleCounsellor, Action: access.CaseStage, Relation: access.Referent},
	})
	awa := domain.Actor{Role: domain.RoleCounsellor, UserID: "awa", AgencyID: "bko"}
	for name, c := range map[string]struct {
		actor  domain.Actor
		action access.Action
		on     access.Facts
		want   domain.Kind
	}{
		"the referent may":              {awa, access.CaseStage, access.Facts{OwnerID: "awa"}, ""},
		"a reader is told no":           {awa, access.CaseStage, access.Facts{OwnerID: "binta", AgencyID: "bko"}, domain.KindForbidden},
		"others see nothing":            {awa, access.CaseStage, access.Facts{OwnerID: "binta", AgencyID: "kay"}, domain.KindNotFound},
		"reading hidden is not found":   {awa, access.CaseRead, access.Facts{AgencyID: "kay"}, domain.KindNotFound},
		"a visitor is asked to sign in": {domain.Anonymous(), access.CaseRead, access.Facts{AgencyID: "kay"}, domain.KindUnauthenticated},
		"Baara itself may":              {domain.System(), access.CaseStage, access.Facts{}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			if got := domain.KindOf(p.Check(c.actor, c.action, c.on)); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestScopesNarrowAToken(t *testing.T) {
	p := access.Default()
	awa := domain.Actor{Role: domain.RoleCounsellor, UserID: "awa", AgencyID: "bko", Scopes: []string{}}
	if p.Relations(awa, access.CaseRead) != nil {
		t.Error("a token without scopes reads files")
	}
	awa.Scopes = []string{"case.*"}
	if !p.Allows(awa, access.CaseStage, access.Facts{OwnerID: "awa"}) || p.Allows(awa, access.PersonRead, access.Facts{AgencyID: "bko"}) {
		t.Error("case.* should cover case.stage and not person.read")
	}
}

// A program of which nobody knows that data about people may go to it reads
// vacancies and classifications; for whatever else its role is given, the answer is one.
func TestAConfinedProgramIsGivenNothingAboutPeople(t *testing.T) {
	p := access.Default()
	everything := access.Facts{RecordID: "r", PersonID: "p", AccountID: "u", OwnerID: "u", AgencyID: "a", OrganisationID: "o", AuthorID: "u", Published: true}
	for _, row := range p.Rows() {
		actor := domain.Actor{Role: row.Role, UserID: "u", PersonID: "p", AgencyID: "a", OrganisationID: "o", Confined: true}
		may := slices.Contains([]string{"taxonomy", "vacancy", "agency", "agreement"}, row.Action.Noun())
		err := p.Check(actor, row.Action, everything)
		free := actor
		free.Confined = false
		if err == nil && !may {
			t.Errorf("%s is given %s", row.Role, row.Action)
		}
		if slices.Contains([]access.Action{access.VacancyMatch, access.VacancyCandidates, access.VacancyHistory, access.PersonRead, access.ApplicationRead}, row.Action) && err == nil {
			t.Errorf("%s is given %s", row.Role, row.Action)
		}
		var refused *domain.Error
		if err != nil && p.Check(free, row.Action, everything) == nil && (!errors.As(err, &refused) || refused.Kind != domain.KindForbidden || refused.Key != "error.token.abroad") {
			t.Errorf("%s is refused %s with %v", row.Role, row.Action, err)
		}
		if row.Action == access.VacancyRead && err != nil {
			t.Errorf("%s does not read vacancies: %v", row.Role, err)
		}
	}
}

// Roles that must never get near a record, whatever rows are added later.
func TestWhatNoRowMaySay(t *testing.T) {
	staffOnly := []access.Action{
		access.CaseStage, access.CaseNote, access.CasePlan, access.NoteReadFile, access.NoteReadTeam, access.NoteReadAuthor,
		access.PersonFind, access.PersonHint, access.IntakeRead, access.OrganisationVerify, access.VacancyPublish,
		access.TransferAsk, access.TransferGive, access.TransferTake, access.EmergencyOpen, access.EmergencyRead,
		access.ComplaintDecide, access.OrganisationViews, access.OrganisationRaise,
	}
	outsiders := []domain.Role{domain.RoleAnonymous, domain.RoleEmployer, domain.RoleJobseeker, domain.RoleAnalyst}
	for _, row := range access.Default().Rows() {
		if slices.Contains(staffOnly, row.Action) && slices.Contains(outsiders, row.Role) {
			t.Errorf("%s may %s", row.Role, row.Action)
		}
		if row.Role == domain.RoleEmployer && row.Action.Noun() == "person" {
			t.Errorf("an employer may %s", row.Action)
		}
		if row.Role == domain.RoleEmployer && row.Action.Noun() == "complaint" {
			t.Errorf("an employer may %s", row.Action)
		}
		if row.Action == access.PersonReadMigration && row.Relation == access.Anyone {
			t.Errorf("%s reads everybody's migration", row.Role)
		}
		// An emergency lets the desk read, and nobody change anything.
		reading := []access.Action{access.PersonRead, access.PersonReadMigration, access.RegistrationRead, access.CaseRead, access.NoteReadFile}
		if row.Relation == access.Emergency && (!slices.Contains(reading, row.Action) || !slices.Contains([]domain.Role{domain.RoleCounsellor, domain.RoleLead}, row.Role)) {
			t.Errorf("in an emergency %s may %s", row.Role, row.Action)
		}
	}
}
