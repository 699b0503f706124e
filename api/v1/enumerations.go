package v1

import (
	"context"
	"strings"

	"github.com/baara-platform/baara/api/edge"
	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/casework"
	"github.com/baara-platform/baara/domain/document"
	"github.com/baara-platform/baara/domain/employer"
	"github.com/baara-platform/baara/domain/person"
	"github.com/baara-platform/baara/domain/placement"
	"github.com/baara-platform/baara/domain/rights"
	"github.com/baara-platform/baara/domain/watch"
)

// Enumeration is a list of codes with their names.
type Enumeration struct {
	Name   string   `json:"name" example:"contract"`
	Values []Choice `json:"values"`
}

// paperKinds is where the pages of papers name their kinds.
const paperKinds = "papers.kind."

// enumeration is where the names of codes stand in the catalogue.
type enumeration struct {
	key   string // "reference.contract.": the codes follow
	codes []string
}

func (a *API) listEnumerations(ctx context.Context, _ *struct{}) (*list[Enumeration], error) {
	l := edge.LocalizerFrom(ctx)
	return whole(enumerations(), func(e enumeration) Enumeration {
		name := strings.TrimSuffix(strings.TrimPrefix(e.key, "reference."), ".")
		if e.key == paperKinds {
			name = "document"
		}
		return Enumeration{Name: name, Values: each(e.codes, func(code string) Choice {
			return Choice{Code: code, Name: l.T(e.key + keyOf(code)), Lang: string(l.Tag())}
		})}
	}), nil
}

// keyOf is a code as message keys write it: "10-49" stands under "10_49".
func keyOf(code string) string { return strings.NewReplacer("-", "_", "+", "_up").Replace(code) }

// enumerations lists every closed list of codes that the API's types use.
func enumerations() []enumeration {
	return append(personEnumerations(), workEnumerations()...)
}

func personEnumerations() []enumeration {
	return []enumeration{
		{"reference.sex.", []string{"female", "male", "unknown"}},
		{"reference.alias.", []string{"dit", "maiden", "other"}},
		{"reference.birth_precision.", []string{"day", "year", "about", "unknown"}},
		{"reference.residence.", []string{"place", "site", "nomadic", "nowhere"}},
		{"reference.phone_owner.", []string{"own", "shared", "helper"}},
		{"reference.contact.", []string{"email", "phone"}},
		{"reference.factor.", []string{"totp", "key"}},
		{"reference.channel.", []string{"sms", "voice", "email", "visit"}},
		{"reference.reading.", []string{"alone", "help", "voice", "unknown"}},
		{"reference.group.", codes[person.Group, string](person.Groups())},
		{"reference.answer.", []string{"yes", "no", "not_said"}},
		{"reference.education.", []string{"formal", "medersa", "koranic", "nko", "literacy", "vocational"}},
		{"reference.recognition.", []string{"none", "applied", "recognised", "refused"}},
		{"reference.work_kind.", []string{"waged", "self_employed", "family", "trainee", "unseen"}},
		{"reference.evidence.", []string{"declared", "documented", "assessed", "certified"}},
		{"reference.acquired.", []string{"school", "work", "abroad", "family", "association", "unknown"}},
		{"reference.speaking.", []string{"some", "good", "native"}},
		{"reference.episode_role.", []string{"destination", "transit"}},
		{"reference.episode_reason.", person.EpisodeReasons()},
		{"reference.episode_status.", person.EpisodeStatuses()},
		{"reference.return_mode.", person.ReturnModes()},
		{"reference.displacement_cause.", person.DisplacementCauses()},
		{"reference.purpose.", codes[person.Purpose, string](person.Purposes())},
		{"reference.consent_mode.", []string{"click", "written", "oral", "thumbprint", "representative", "import"}},
		{"reference.registration.", states(person.RegistrationStates())},
		{paperKinds, document.Kinds()},
		{"reference.right_kind.", codes[rights.Kind, string](rights.Kinds())},
		{"reference.right_purpose.", rights.Purposes()},
		{"reference.right_mode.", []string{string(rights.BySelf), string(rights.ByCounter)}},
		{"reference.right_state.", states(rights.States(rights.Erasure))},
		{"reference.right_act.", []string{rights.Take, rights.Finish, rights.Refuse, rights.Withdraw}},
		{"reference.registration_close.", person.CloseReasons()},
		{"reference.entry_mode.", []string{"self", "helper", "staff", "import", "seed"}},
	}
}

func workEnumerations() []enumeration {
	return []enumeration{
		{"reference.organisation_kind.", codes[employer.OrganisationKind, string](employer.OrganisationKinds())},
		{"reference.size.", employer.Sizes()},
		{"reference.verification.", []string{"pending", "first", "verified", "refused"}},
		{"reference.contract.", codes[employer.ContractKind, string](employer.ContractKinds())},
		{"reference.wage_unit.", codes[employer.WagePeriod, string](employer.WagePeriods())},
		{"reference.source.", []string{"online", "phone", "newspaper", "radio", "visit", "import", "seed"}},
		{"reference.importance.", []string{"essential", "optional"}},
		{"reference.vacancy.", states(employer.Machine())},
		{"reference.condition.", []string{"open", "consent", "place", "education", "experience", "languages", "licences", "availability", "hazard"}},
		{"reference.relation.", []string{"unrelated", "wished", "sub_major_group", "minor_group", "neighbour", "unit_group", "unit_group_only", "same"}},
		{"reference.recency.", []string{"lately", "earlier", "long_ago"}},
		{"reference.duration.", []string{"under_one_year", "under_three_years", "three_years", "unsaid"}},
		{"reference.practice.", []string{"once", "lately"}},
		{"reference.rarity.", []string{"common", "usual", "rare"}},
		{"reference.stage.", states(casework.Stages())},
		{"reference.case_close.", casework.CloseReasons()},
		{"reference.barrier.", casework.BarrierKinds()},
		{"reference.transfer.", states(casework.TransferStates())},
		{"reference.emergency.", casework.EmergencyKinds()},
		{"reference.visibility.", []string{casework.VisibleFile, casework.VisibleTeam, casework.VisibleAuthor}},
		{"reference.contact.", casework.ContactKinds()},
		{"reference.doer.", []string{casework.ByJobseeker, casework.ByCounsellor, casework.ByPartner}},
		{"reference.plan_state.", []string{casework.Open, casework.Reached, casework.Done, casework.Dropped}},
		{"reference.application.", states(placement.ApplicationStates())},
		{"reference.refusal.", codes[placement.Refusal, string](placement.Refusals())},
		{"reference.placement.", states(placement.PlacementStates())},
		{"reference.filled_by.", []string{string(placement.ChannelService), string(placement.ChannelDirect)}},
		{"reference.role.", codes[domain.Role, string](domain.AccountRoles())},
		{"reference.complaint.", codes[watch.Kind, string](watch.Kinds())},
		{"reference.complaint_state.", []string{"open", "unfounded", "founded"}},
		{"reference.export.", []string{"audit", "case", "account", "copy"}},
		{"reference.area.", []string{"region", "district", "cercle", "commune", "site"}},
	}
}

func states(m domain.Machine) []string { return codes[domain.State, string](m.States) }
