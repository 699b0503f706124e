package rights

// Basis is what a processing rests on.
type Basis string

// The bases.
const (
	ByMission Basis = "mission" // the public service's legal mission
	ByConsent Basis = "consent"
	ByDuty    Basis = "duty" // a duty the law lays on who keeps data
)

// Processing is one thing the service does with data. Its words are messages:
// "rights.processing.NAME.title", ".purpose", ".data", ".recipients" and
// ".security"; how long is said by the kinds of record it keeps.
type Processing struct {
	Name  string
	Basis Basis
	Keeps []RuleKind
}

// Processings is the register of what the service does with people's data, in
// the order pages show it.
func Processings() []Processing {
	return []Processing{
		{Name: "registration", Basis: ByMission, Keeps: []RuleKind{KeepPeople, KeepQuarantine, KeepDrafts}},
		{Name: "casework", Basis: ByMission, Keeps: []RuleKind{KeepPeople, KeepEmergency, KeepTransfers}},
		{Name: "matching", Basis: ByConsent, Keeps: []RuleKind{KeepPeople, KeepShown}},
		{Name: "messages", Basis: ByConsent, Keeps: []RuleKind{KeepMessages}},
		{Name: "accounts", Basis: ByMission, Keeps: []RuleKind{KeepPeople, KeepSessions, KeepCodes, KeepAnswers}},
		{Name: "trail", Basis: ByDuty, Keeps: []RuleKind{KeepTrail, KeepRequests}},
		{Name: "statistics", Basis: ByMission, Keeps: []RuleKind{KeepPeople}},
	}
}
