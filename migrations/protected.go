package migrations

// Unprotected names the tables without row-level security, each with why. A
// new table stands here or has it forced: a test and baara doctor compare this
// list with the database's catalogue.
func Unprotected() map[string]string {
	const public, classification, vacancy, work = "public", "classification",
		"what is public of a vacancy, or its employer's and the desk's; it names no person",
		"work to be done: identifiers of records, never what they hold"
	return map[string]string{
		"places": public, "place_names": public, "place_crosswalk": public, "agencies": public, "agency_places": public,
		"taxonomy_versions": classification, "concepts": classification, "concept_labels": classification, "concept_relations": classification,
		"vacancies": vacancy, "vacancy_skills": vacancy, "vacancy_languages": vacancy, "vacancy_licences": vacancy, "vacancy_history": vacancy,
		"agency_members":       "which account works where; whose account it is, is protected",
		"organisation_members": "which account acts for which employer; whose account it is, is protected",
		"idempotency":          "keys of requests and identifiers of what they made",
		"search_changes":       "identifiers of changed records",
		"audit_heads":          "numbers and hashes",
		"budgets":              "hashes of what was tried, before anybody is known",
		"spent_work":           "hashes of challenges that were solved",
		"known_devices":        "hashes of browsers and accounts, before anybody is known",
		"installation":         "facts about the installation",
		"database_epoch":       "one random number",
		"wrapping_keys":        "names of keys that are kept elsewhere",
		"destroyed_keys":       "names of keys that are gone",
		"subject_keys":         "wrapped keys, which open nothing without those that are kept elsewhere; every reader of a sealed column needs them",
		"goose_db_version":     "versions of the schema",
		"river_job":            work, "river_queue": work, "river_leader": work, "river_notification": work,
		"river_migration": "versions of the queue's schema",
	}
}
