package rights

// Fate is what becomes of rows about somebody who is erased.
type Fate string

// The fates.
const (
	Removed  Fate = "removed"
	Counted  Fate = "counted"  // removed, and what statistics need of them is in erased_facts
	Unlinked Fate = "unlinked" // stays, and names nobody any more
	Kept     Fate = "kept"     // stays with an identifier that leads nowhere any more
)

// Tables decides for every table that hangs on a person, directly or through
// another one, what an erasure makes of its rows. A test holds it against the
// database's own catalogue: a new table is decided about before it lands.
func Tables() map[string]Fate {
	out := map[string]Fate{
		"registrations": Counted, "case_files": Counted, "applications": Counted, "placements": Counted,
		"complaints":      Unlinked, // they protect the next jobseeker; the words go
		"rights_requests": Unlinked, // the erasure's own, without its words; others go
		"audit_entries":   Kept,     // a chain cannot lose a link; its identifier leads nowhere
	}
	for _, gone := range []string{
		"persons", "person_aliases", "person_phones", "person_name_keys", "educations", "experiences", "person_skills", "person_languages",
		"person_licences", "person_mobility", "person_wishes", "migration_episodes", "displacements", "consents", "registration_history",
		"registration_drafts", "kept_pages", "case_shares", "plan_goals", "plan_actions", "case_barriers", "notes", "case_history", "application_history",
		"placement_history", "transfers", "transfer_history", "emergencies", "emergency_seen", "candidate_views", "messages", "objections",
		"legal_holds", "users", "sessions", "api_tokens", "second_factors", "recovery_codes", "contact_changes", "identity_links",
		"agency_members", "organisation_members", "sign_up_notes", "documents", "merges", "merge_records", "merge_moves", "not_duplicates",
	} {
		out[gone] = Removed
	}
	for _, beside := range []string{"complaint_history", "rights_request_history", "exports", "invitations"} {
		out[beside] = Unlinked
	}
	return out
}

// ByStaff are columns that name an account and never a jobseeker's: what stands
// in them does not go with a person. "table.column".
func ByStaff() []string {
	return []string{
		"persons.entered_by", "consents.recorded_by", "migration_episodes.created_by", "displacements.created_by", // her own go with her
		"registration_history.actor_id", "application_history.actor_id", "case_history.actor_id", "placement_history.actor_id", "transfer_history.actor_id",
		"vacancy_history.actor_id", "vacancies.recorded_by", "organisations.first_by", "organisations.second_by",
		"case_files.owner_id", "case_shares.user_id", "case_shares.shared_by", "case_shares.ended_by", "plan_goals.created_by", "plan_actions.created_by",
		"notes.author_id", "applications.proposed_by", "invitations.invited_by", "transfers.opened_by", "transfers.decided_by",
		"emergencies.user_id", "emergencies.ended_by", "emergency_seen.user_id", "view_days.noted_by", "view_allowances.given_by",
		"complaints.decided_by", "audit_checks.made_by", "legal_holds.placed_by", "legal_holds.lifted_by",
		"transfer_agreements.recorded_by", "transfer_agreements.ended_by",
		"consents.withdrawn_by", "documents.added_by", // her own go with her, and before her account
		"merges.made_by", "merges.undone_by", "not_duplicates.made_by",
	}
}
