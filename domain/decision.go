package domain

// Decision is one answer of the policy about one act on one record. The
// transaction it was asked in keeps it for the audit trail.
type Decision struct {
	Action   string // "case.read"
	Allowed  bool
	Kind     string // of the record: "case"
	RecordID ID     // "" for an act on no record yet; the transaction's outcome fills it in
	PersonID ID     // whom the record is about, "" for nobody
	Reason   string // given by the actor, where the act asks for one
}
