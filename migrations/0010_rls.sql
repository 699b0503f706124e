-- +goose Up
-- Row-level security: what the policy in Go decides for each act, the database
-- holds for each row. See docs/decisions/0010-row-level-security.md.
--
-- baara_app serves people, baara_system does what Baara does by itself and
-- steps down to baara_index and baara_register where it looks across agencies
-- for somebody; baara_keeper owns the functions that rules ask. None of them
-- owns a table.
-- +goose StatementBegin
DO $$
DECLARE
  one text;
BEGIN
  FOREACH one IN ARRAY ARRAY['baara_system', 'baara_keeper', 'baara_index', 'baara_register'] LOOP
    BEGIN
      IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = one) THEN
        EXECUTE format('CREATE ROLE %I NOLOGIN NOSUPERUSER NOBYPASSRLS', one);
      END IF;
    EXCEPTION
      WHEN duplicate_object OR unique_violation THEN NULL;
      WHEN insufficient_privilege THEN
        RAISE EXCEPTION 'the role % is missing and % may not make it: see "Your own PostgreSQL" in README.md', one, current_user;
    END;
  END LOOP;
  FOREACH one IN ARRAY ARRAY['baara_index', 'baara_register'] LOOP
    IF NOT pg_has_role('baara_system', one, 'MEMBER') THEN
      EXECUTE format('GRANT %I TO baara_system', one);
    END IF;
  END LOOP;
  IF NOT pg_has_role(current_user, 'baara_keeper', 'MEMBER') THEN
    EXECUTE format('GRANT baara_keeper TO %I', current_user);
  END IF;
END $$;
-- +goose StatementEnd

GRANT USAGE ON SCHEMA public TO baara_system, baara_keeper, baara_index, baara_register;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO baara_system;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO baara_system;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO baara_system;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO baara_system;
REVOKE ALL ON goose_db_version FROM baara_app;
REVOKE INSERT, UPDATE, DELETE ON goose_db_version, database_epoch FROM baara_app, baara_system;
-- What is added to and never rewritten, by anybody who serves.
REVOKE UPDATE, DELETE ON notes, registration_history, vacancy_history, case_history, application_history, placement_history FROM baara_system;
REVOKE INSERT, UPDATE, DELETE ON audit_entries, audit_heads FROM baara_system;

CREATE SCHEMA rls;
GRANT USAGE ON SCHEMA rls TO baara_app, baara_system, baara_keeper;
-- Who acts, as store.identify says inside the transaction. After a transaction
-- a setting is '' and not NULL, which is no uuid.
CREATE FUNCTION rls.role() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE RETURN nullif(current_setting('baara.role', true), '');
CREATE FUNCTION rls.user_id() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE RETURN nullif(current_setting('baara.user_id', true), '')::uuid;
CREATE FUNCTION rls.person_id() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE RETURN nullif(current_setting('baara.person_id', true), '')::uuid;
CREATE FUNCTION rls.agency_id() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE RETURN nullif(current_setting('baara.agency_id', true), '')::uuid;
CREATE FUNCTION rls.organisation_id() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE RETURN nullif(current_setting('baara.organisation_id', true), '')::uuid;
CREATE FUNCTION rls.self() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE RETURN CASE WHEN rls.role() = 'jobseeker' THEN rls.person_id() END;
CREATE FUNCTION rls.desk_user() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE RETURN CASE WHEN rls.role() IN ('counsellor', 'lead') THEN rls.user_id() END;
CREATE FUNCTION rls.desk_agency() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE RETURN CASE WHEN rls.role() IN ('counsellor', 'lead') THEN rls.agency_id() END;
CREATE FUNCTION rls.desk() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE RETURN coalesce(rls.role() IN ('counsellor', 'lead'), false);

-- Relations, each in one place. The functions run as baara_keeper, which sees
-- identifiers and states and nothing else: a rule on one table may look at
-- another without that one's rules, and without looking at each other forever.
-- A row "made now" was written by this very transaction. They are called for
-- each row: settings are read once, and what holds most often is asked first.
-- +goose StatementBegin
CREATE FUNCTION rls.made_person(p uuid) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  RETURN EXISTS (SELECT 1 FROM persons WHERE id = p AND xmin = pg_current_xact_id_if_assigned()::xid);
END $$;

CREATE FUNCTION rls.made_registration(r uuid) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  RETURN EXISTS (SELECT 1 FROM registrations x WHERE x.id = r AND rls.made_person(x.person_id));
END $$;

-- The verified organisation the actor acts for: no other may know people.
CREATE FUNCTION rls.employer() RETURNS uuid LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF rls.role() = 'employer' THEN
    RETURN (SELECT o.id FROM organisations o WHERE o.id = rls.organisation_id() AND o.verification = 'verified');
  END IF;
  RETURN NULL;
END $$;

-- Same agency and referent, of a person: whoever serves somebody.
CREATE FUNCTION rls.serves(p uuid) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  agency uuid := rls.agency_id();
  account uuid := rls.user_id();
BEGIN
  IF rls.desk() THEN
    PERFORM 1 FROM registrations r WHERE r.person_id = p AND r.agency_id = agency;
    IF FOUND THEN
      RETURN true;
    END IF;
    RETURN EXISTS (SELECT 1 FROM case_files c WHERE c.person_id = p AND c.stage <> 'closed' AND c.owner_id = account);
  END IF;
  RETURN coalesce(rls.role() = 'jobseeker' AND p = rls.person_id(), false);
END $$;

-- A file of the actor's agency, of the actor's own, or shared with either now.
CREATE FUNCTION rls.shared_case(c uuid) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  agency uuid := rls.agency_id();
  account uuid := rls.user_id();
BEGIN
  RETURN rls.desk() AND EXISTS (SELECT 1 FROM case_shares s WHERE s.case_id = c AND s.since <= now() AND now() < s.until
    AND (s.user_id = account OR s.agency_id = agency));
END $$;

-- Small sets, asked once a statement: files shared with the actor, people whose
-- open file the actor owns, vacancies of the actor's verified organisation.
CREATE FUNCTION rls.shared_cases() RETURNS uuid[] LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  RETURN ARRAY(SELECT s.case_id FROM case_shares s WHERE s.since <= now() AND now() < s.until
    AND (s.user_id = rls.desk_user() OR s.agency_id = rls.desk_agency()));
END $$;

CREATE FUNCTION rls.own_people() RETURNS uuid[] LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  RETURN ARRAY(SELECT c.person_id FROM case_files c WHERE c.owner_id = rls.desk_user() AND c.stage <> 'closed');
END $$;

CREATE FUNCTION rls.own_vacancies() RETURNS uuid[] LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  RETURN ARRAY(SELECT v.id FROM vacancies v WHERE v.organisation_id = rls.employer());
END $$;

CREATE FUNCTION rls.works_case(c uuid) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  agency uuid := rls.agency_id();
  account uuid := rls.user_id();
BEGIN
  RETURN rls.desk() AND EXISTS (SELECT 1 FROM case_files f WHERE f.id = c AND (f.agency_id = agency OR f.owner_id = account));
END $$;

-- Somebody the actor's verified organisation hired in this transaction, whose
-- file moves with the hire.
CREATE FUNCTION rls.hired_now(p uuid) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  RETURN EXISTS (SELECT 1 FROM placements l WHERE l.person_id = p AND l.organisation_id = rls.employer()
    AND l.xmin = pg_current_xact_id_if_assigned()::xid);
END $$;

CREATE FUNCTION rls.sees_case(c uuid) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  agency uuid := rls.agency_id();
  account uuid := rls.user_id();
BEGIN
  IF rls.desk() THEN
    PERFORM 1 FROM case_files f WHERE f.id = c AND (f.agency_id = agency OR f.owner_id = account);
    IF FOUND THEN
      RETURN true;
    END IF;
    RETURN rls.shared_case(c);
  END IF;
  CASE rls.role()
    WHEN 'jobseeker' THEN RETURN EXISTS (SELECT 1 FROM case_files f WHERE f.id = c AND f.person_id = rls.person_id());
    WHEN 'employer' THEN RETURN EXISTS (SELECT 1 FROM case_files f WHERE f.id = c AND rls.hired_now(f.person_id));
    ELSE RETURN false;
  END CASE;
END $$;

-- Whoever may read somebody's record: who serves the person, who is let into a
-- file, the person.
CREATE FUNCTION rls.reads(p uuid) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  agency uuid := rls.agency_id();
  account uuid := rls.user_id();
BEGIN
  IF rls.desk() THEN
    PERFORM 1 FROM registrations r WHERE r.person_id = p AND r.agency_id = agency;
    IF FOUND THEN
      RETURN true;
    END IF;
    RETURN EXISTS (SELECT 1 FROM case_files c WHERE c.person_id = p
      AND (c.agency_id = agency OR c.owner_id = account OR rls.shared_case(c.id)));
  END IF;
  RETURN coalesce(rls.role() = 'jobseeker' AND p = rls.person_id(), false);
END $$;

-- Where somebody has been: the person, the referent, the agency's lead.
CREATE FUNCTION rls.journey(p uuid, writing boolean) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF rls.desk() THEN
    RETURN EXISTS (SELECT 1 FROM case_files c WHERE c.person_id = p AND c.stage <> 'closed' AND c.owner_id = rls.user_id())
      OR NOT writing AND rls.role() = 'lead' AND EXISTS (SELECT 1 FROM registrations r WHERE r.person_id = p AND r.agency_id = rls.agency_id());
  END IF;
  RETURN coalesce(rls.role() = 'jobseeker' AND p = rls.person_id(), false);
END $$;

CREATE FUNCTION rls.owns_file_of(p uuid) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  RETURN rls.desk() AND EXISTS (SELECT 1 FROM case_files c WHERE c.person_id = p AND c.stage <> 'closed' AND c.owner_id = rls.user_id());
END $$;

-- A vacancy of the actor's verified organisation.
CREATE FUNCTION rls.employs(v uuid) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  RETURN EXISTS (SELECT 1 FROM vacancies x WHERE x.id = v AND x.organisation_id = rls.employer());
END $$;

CREATE FUNCTION rls.sees_application(a uuid) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  x record;
BEGIN
  SELECT person_id, agency_id, vacancy_id, sent_at INTO x FROM applications WHERE id = a;
  CASE rls.role()
    WHEN 'counsellor', 'lead' THEN RETURN x.agency_id = rls.agency_id() OR rls.owns_file_of(x.person_id);
    WHEN 'jobseeker' THEN RETURN x.person_id = rls.person_id();
    WHEN 'employer' THEN RETURN x.sent_at IS NOT NULL AND rls.employs(x.vacancy_id);
    ELSE RETURN false;
  END CASE;
END $$;

CREATE FUNCTION rls.sees_placement(l uuid) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  x record;
BEGIN
  SELECT person_id, agency_id, organisation_id INTO x FROM placements WHERE id = l;
  CASE rls.role()
    WHEN 'counsellor', 'lead' THEN RETURN x.agency_id = rls.agency_id() OR rls.owns_file_of(x.person_id);
    WHEN 'jobseeker' THEN RETURN x.person_id = rls.person_id();
    WHEN 'employer' THEN RETURN x.organisation_id = rls.employer();
    ELSE RETURN false;
  END CASE;
END $$;

-- Whose name the actor may see: people read, people of the agency's
-- applications and placements, and for an employer whoever was introduced to
-- it or works for it.
CREATE FUNCTION rls.names(p uuid) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  organisation uuid;
BEGIN
  IF rls.role() = 'employer' THEN
    organisation := rls.employer();
    RETURN organisation IS NOT NULL AND (
      EXISTS (SELECT 1 FROM applications a JOIN vacancies v ON v.id = a.vacancy_id WHERE a.person_id = p AND a.sent_at IS NOT NULL
        AND a.state IN ('sent', 'seen', 'interview', 'offer', 'hired') AND v.organisation_id = organisation)
      OR EXISTS (SELECT 1 FROM placements l WHERE l.person_id = p AND l.organisation_id = organisation));
  END IF;
  RETURN rls.reads(p) OR rls.desk() AND (
    EXISTS (SELECT 1 FROM applications a WHERE a.person_id = p AND a.agency_id = rls.agency_id())
    OR EXISTS (SELECT 1 FROM placements l WHERE l.person_id = p AND l.agency_id = rls.agency_id()));
END $$;

-- How people stand to agencies and staff: identifiers alone, of anybody, which
-- is what a policy decides on.
CREATE FUNCTION rls.facts(ids uuid[]) RETURNS TABLE (id uuid, agency_id uuid, owner_id uuid, shares uuid[])
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF rls.role() IS NULL THEN
    RETURN;
  END IF;
  RETURN QUERY SELECT p.id, r.agency_id, c.owner_id, ARRAY(SELECT coalesce(s.user_id, s.agency_id) FROM case_shares s
      WHERE s.case_id = c.id AND s.since <= now() AND now() < s.until)
    FROM persons p LEFT JOIN registrations r ON r.person_id = p.id
    LEFT JOIN case_files c ON c.person_id = p.id AND c.stage <> 'closed'
    WHERE p.id = ANY(ids);
END $$;

-- The receipt of a registration, for who holds the form's token.
CREATE FUNCTION rls.receipt(token_hash text) RETURNS TABLE (person_id uuid, reference text, agency_id uuid, registered_on date)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  RETURN QUERY SELECT p.id, p.reference, r.agency_id, r.registered_on FROM registration_drafts d
    JOIN persons p ON p.id = d.person_id JOIN registrations r ON r.person_id = p.id WHERE d.token_hash = receipt.token_hash;
END $$;

-- Names for lists, and what an employer learns of people introduced to it: a
-- name and how to reach them, never a helper's number.
CREATE FUNCTION rls.people_named(ids uuid[]) RETURNS TABLE (id uuid, reference text, given_names text, family_name text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  RETURN QUERY SELECT p.id, p.reference, p.given_names, p.family_name FROM persons p WHERE p.id = ANY(ids) AND rls.names(p.id);
END $$;
CREATE FUNCTION rls.people_introduced(ids uuid[]) RETURNS TABLE (id uuid, given_names text, family_name text, email text, phones json)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  RETURN QUERY SELECT p.id, p.given_names, p.family_name, p.email,
      (SELECT json_agg(json_build_object('number', n.number, 'owner', n.owner) ORDER BY n.position) FROM person_phones n
        WHERE n.person_id = p.id AND n.owner <> 'helper')
    FROM persons p WHERE p.id = ANY(ids) AND rls.names(p.id);
END $$;
-- +goose StatementEnd

-- Names of the staff: for the desk, and of the counsellor whose file somebody is in.
CREATE VIEW staff_names AS SELECT u.id, u.name FROM users u WHERE u.role NOT IN ('jobseeker', 'employer')
  AND ((SELECT rls.desk()) OR (SELECT rls.role()) = 'system'
    OR EXISTS (SELECT 1 FROM case_files c WHERE c.owner_id = u.id AND c.person_id = (SELECT rls.person_id())));
REVOKE ALL ON staff_names FROM baara_app, baara_system;
GRANT SELECT ON staff_names TO baara_app, baara_system;

-- What the functions may look at.
GRANT SELECT (id, xmin, reference, given_names, family_name, email) ON persons TO baara_keeper;
GRANT SELECT (person_id, position, number, owner) ON person_phones TO baara_keeper;
GRANT SELECT (id, person_id, agency_id, registered_on) ON registrations TO baara_keeper;
GRANT SELECT (id, person_id, owner_id, agency_id, stage) ON case_files TO baara_keeper;
GRANT SELECT (case_id, user_id, agency_id, since, until) ON case_shares TO baara_keeper;
GRANT SELECT (id, person_id, vacancy_id, agency_id, state, sent_at) ON applications TO baara_keeper;
GRANT SELECT (id, xmin, person_id, organisation_id, agency_id) ON placements TO baara_keeper;
GRANT SELECT (id, organisation_id) ON vacancies TO baara_keeper;
GRANT SELECT (id, legal_name, trade_name, folded, verification) ON organisations TO baara_keeper;
GRANT SELECT (token_hash, person_id) ON registration_drafts TO baara_keeper;
GRANT SELECT (id, role, name) ON users TO baara_keeper;
GRANT INSERT ON audit_entries TO baara_keeper;
GRANT SELECT, UPDATE ON audit_heads TO baara_keeper;

-- What matching may know of people: no name, no contact, no origin, no words
-- but those of skills. The index and the pseudonymous card are made of it.
GRANT SELECT (id, isced_level, mobility_anywhere, available_from, absent_until, residence_place, residence_region) ON persons TO baara_index;
GRANT SELECT (person_id, registered_on, state) ON registrations TO baara_index;
GRANT SELECT (person_id, purpose, withdrawn_at, expires_at) ON consents TO baara_index;
GRANT SELECT (person_id, position, words, concept_id, evidence) ON person_skills TO baara_index;
GRANT SELECT (person_id, position, occupation_id, isco, from_year, until_year, ongoing, months) ON experiences TO baara_index;
GRANT SELECT (person_id, position, occupation_id) ON person_wishes TO baara_index;
GRANT SELECT (person_id, category, until) ON person_licences TO baara_index;
GRANT SELECT ON person_languages, person_mobility TO baara_index;
GRANT SELECT ON vacancies, vacancy_skills, vacancy_languages, vacancy_licences, places, place_names,
  concepts, concept_labels, concept_relations TO baara_index;

-- What the name register may know to find somebody and to rank likely
-- duplicates. What of it is shown is decided person by person.
GRANT SELECT (id, reference, given_names, family_name, father_name, mother_name, birth_year, birth_date, birth_precision, nina,
  residence_kind, residence_country, residence_place, residence_region, residence_detail) ON persons TO baara_register;
GRANT SELECT ON person_aliases, person_name_keys TO baara_register;
GRANT SELECT (person_id, position, number, owner) ON person_phones TO baara_register;
GRANT SELECT (person_id, agency_id, state) ON registrations TO baara_register;

-- Tables needed before an actor is known are Baara's own.
REVOKE ALL ON one_time_codes, resume_tickets, imported_rows FROM baara_app;
REVOKE INSERT, DELETE ON sessions FROM baara_app;
REVOKE UPDATE, DELETE ON messages FROM baara_app;
REVOKE DELETE ON persons, registrations, consents, case_files, case_shares, plan_goals, plan_actions, applications, placements, users,
  api_tokens, registration_drafts, organisations FROM baara_app;

-- +goose StatementBegin
DO $$
DECLARE
  one text;
  -- Every table with personal data: its rows show to nobody but by a rule.
  protected text[] := ARRAY['persons', 'person_aliases', 'person_phones', 'person_name_keys', 'educations', 'experiences', 'person_skills',
    'person_languages', 'person_licences', 'person_mobility', 'person_wishes', 'migration_episodes', 'displacements', 'consents',
    'registrations', 'registration_history', 'registration_drafts', 'one_time_codes', 'resume_tickets', 'case_files', 'case_shares',
    'plan_goals', 'plan_actions', 'case_barriers', 'notes', 'case_history', 'applications', 'application_history', 'placements',
    'placement_history', 'organisations', 'users', 'sessions', 'api_tokens', 'messages', 'imported_rows', 'audit_entries'];
BEGIN
  FOREACH one IN ARRAY protected LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', one);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', one);
    EXECUTE format('CREATE POLICY system ON %I TO baara_system USING (true) WITH CHECK (true)', one);
  END LOOP;
  FOREACH one IN ARRAY ARRAY['persons', 'person_phones', 'registrations', 'case_files', 'case_shares', 'applications', 'placements', 'organisations', 'users', 'registration_drafts'] LOOP
    EXECUTE format('CREATE POLICY keeper ON %I FOR SELECT TO baara_keeper USING (true)', one);
  END LOOP;
  FOREACH one IN ARRAY ARRAY['persons', 'registrations', 'consents', 'person_skills', 'experiences', 'person_wishes', 'person_languages',
    'person_licences', 'person_mobility'] LOOP
    EXECUTE format('CREATE POLICY index ON %I FOR SELECT TO baara_index USING (true)', one);
  END LOOP;
  FOREACH one IN ARRAY ARRAY['persons', 'person_aliases', 'person_name_keys', 'person_phones', 'registrations'] LOOP
    EXECUTE format('CREATE POLICY register ON %I FOR SELECT TO baara_register USING (true)', one);
  END LOOP;
  -- The lists of a record are replaced whole.
  FOREACH one IN ARRAY ARRAY['person_aliases', 'person_phones', 'person_name_keys', 'educations', 'experiences', 'person_skills',
    'person_languages', 'person_licences', 'person_mobility', 'person_wishes'] LOOP
    EXECUTE format('CREATE POLICY read ON %I FOR SELECT TO baara_app USING (person_id = (SELECT rls.person_id()) OR rls.reads(person_id))', one);
    EXECUTE format('CREATE POLICY add ON %I FOR INSERT TO baara_app WITH CHECK (rls.serves(person_id) OR rls.made_person(person_id))', one);
    EXECUTE format('CREATE POLICY remove ON %I FOR DELETE TO baara_app USING (rls.serves(person_id))', one);
    EXECUTE format('REVOKE UPDATE ON %I FROM baara_app', one);
  END LOOP;
  FOREACH one IN ARRAY ARRAY['migration_episodes', 'displacements'] LOOP
    EXECUTE format('CREATE POLICY read ON %I FOR SELECT TO baara_app USING (rls.journey(person_id, false))', one);
    EXECUTE format('CREATE POLICY add ON %I FOR INSERT TO baara_app WITH CHECK (rls.journey(person_id, true) OR rls.made_person(person_id))', one);
    EXECUTE format('CREATE POLICY remove ON %I FOR DELETE TO baara_app USING (rls.journey(person_id, true))', one);
    EXECUTE format('REVOKE UPDATE ON %I FROM baara_app', one);
  END LOOP;
  -- What hangs on a file.
  FOREACH one IN ARRAY ARRAY['plan_goals', 'plan_actions', 'case_barriers'] LOOP
    EXECUTE format('CREATE POLICY read ON %I FOR SELECT TO baara_app USING ((SELECT rls.role()) <> ''employer'' AND EXISTS (SELECT 1 FROM case_files f WHERE f.id = case_id))', one);
    EXECUTE format('CREATE POLICY add ON %I FOR INSERT TO baara_app WITH CHECK (rls.works_case(case_id))', one);
    EXECUTE format('CREATE POLICY change ON %I FOR UPDATE TO baara_app USING (rls.works_case(case_id)) WITH CHECK (rls.works_case(case_id))', one);
    EXECUTE format('CREATE POLICY remove ON %I FOR DELETE TO baara_app USING (rls.works_case(case_id))', one);
  END LOOP;
END $$;
-- +goose StatementEnd

-- A person and a registration. The rules for changing look at the row as it
-- was (USING: whoever may read it is told no by the policy) and as it becomes.
CREATE POLICY read ON persons FOR SELECT TO baara_app USING (id = (SELECT rls.person_id()) OR rls.reads(id));
CREATE POLICY add ON persons FOR INSERT TO baara_app WITH CHECK (
  CASE (SELECT rls.role()) WHEN 'anonymous' THEN entered_mode IN ('self', 'helper') AND external_id IS NULL
    WHEN 'counsellor' THEN entered_mode = 'staff' AND entered_by = (SELECT rls.user_id())
    WHEN 'lead' THEN entered_mode = 'staff' AND entered_by = (SELECT rls.user_id()) ELSE false END);
CREATE POLICY change ON persons FOR UPDATE TO baara_app USING (rls.reads(id)) WITH CHECK (rls.serves(id));
CREATE POLICY read ON registrations FOR SELECT TO baara_app USING (
  agency_id = (SELECT rls.desk_agency()) OR rls.reads(person_id));
CREATE POLICY add ON registrations FOR INSERT TO baara_app WITH CHECK (rls.made_person(person_id));
CREATE POLICY change ON registrations FOR UPDATE TO baara_app USING (rls.reads(person_id)) WITH CHECK (rls.serves(person_id));
CREATE POLICY read ON registration_history FOR SELECT TO baara_app USING (
  EXISTS (SELECT 1 FROM registrations r WHERE r.id = record_id));
CREATE POLICY add ON registration_history FOR INSERT TO baara_app WITH CHECK (
  rls.made_registration(record_id) OR EXISTS (SELECT 1 FROM registrations r WHERE r.id = record_id));
CREATE POLICY read ON consents FOR SELECT TO baara_app USING (rls.reads(person_id));
CREATE POLICY add ON consents FOR INSERT TO baara_app WITH CHECK (rls.serves(person_id) OR rls.made_person(person_id));
CREATE POLICY change ON consents FOR UPDATE TO baara_app USING (rls.reads(person_id)) WITH CHECK (rls.serves(person_id));
-- The form of who holds its token.
CREATE POLICY read ON registration_drafts FOR SELECT TO baara_app USING (token_hash = (SELECT current_setting('baara.draft', true)));
CREATE POLICY add ON registration_drafts FOR INSERT TO baara_app WITH CHECK ((SELECT rls.role()) = 'anonymous' AND person_id IS NULL);
CREATE POLICY change ON registration_drafts FOR UPDATE TO baara_app USING (token_hash = (SELECT current_setting('baara.draft', true)))
  WITH CHECK (person_id IS NULL OR rls.made_person(person_id));

CREATE POLICY read ON case_files FOR SELECT TO baara_app USING (agency_id = (SELECT rls.desk_agency()) OR owner_id = (SELECT rls.desk_user())
  OR id = ANY ((SELECT rls.shared_cases())::uuid[]) OR person_id = (SELECT rls.self())
  OR ((SELECT rls.role()) = 'employer' AND rls.hired_now(person_id)));
CREATE POLICY add ON case_files FOR INSERT TO baara_app WITH CHECK (
  (SELECT rls.desk()) AND owner_id = (SELECT rls.user_id()) AND agency_id = (SELECT rls.agency_id()) AND rls.serves(person_id));
CREATE POLICY change ON case_files FOR UPDATE TO baara_app USING (rls.sees_case(id))
  WITH CHECK ((SELECT rls.role()) <> 'jobseeker' AND rls.sees_case(id));
CREATE POLICY read ON case_shares FOR SELECT TO baara_app USING (
  (SELECT rls.role()) <> 'employer' AND EXISTS (SELECT 1 FROM case_files f WHERE f.id = case_id));
CREATE POLICY add ON case_shares FOR INSERT TO baara_app WITH CHECK (shared_by = (SELECT rls.user_id()) AND rls.works_case(case_id));
CREATE POLICY read ON notes FOR SELECT TO baara_app USING ((SELECT rls.desk()) AND (author_id = (SELECT rls.user_id()) OR CASE visibility
  WHEN 'file' THEN rls.sees_case(case_id) WHEN 'team' THEN rls.works_case(case_id)
  ELSE (SELECT rls.role()) = 'lead' AND EXISTS (SELECT 1 FROM case_files f WHERE f.id = case_id AND f.agency_id = (SELECT rls.agency_id())) END));
CREATE POLICY add ON notes FOR INSERT TO baara_app WITH CHECK (
  (SELECT rls.desk()) AND author_id = (SELECT rls.user_id()) AND rls.sees_case(case_id));
CREATE POLICY read ON case_history FOR SELECT TO baara_app USING ((SELECT rls.role()) <> 'employer' AND rls.sees_case(record_id));
CREATE POLICY add ON case_history FOR INSERT TO baara_app WITH CHECK (
  actor_id = (SELECT rls.user_id()) AND actor_role = (SELECT rls.role()) AND rls.sees_case(record_id));

-- An employer sees who agreed to it, and answers what was sent to it.
CREATE POLICY read ON applications FOR SELECT TO baara_app USING (agency_id = (SELECT rls.desk_agency())
  OR person_id = ANY ((SELECT rls.own_people())::uuid[]) OR person_id = (SELECT rls.self())
  OR vacancy_id = ANY ((SELECT rls.own_vacancies())::uuid[]) AND (sent_at IS NOT NULL OR state IN ('consented', 'applied')));
CREATE POLICY add ON applications FOR INSERT TO baara_app WITH CHECK (sent_at IS NULL AND CASE (SELECT rls.role())
  WHEN 'counsellor' THEN origin = 'proposed' AND rls.serves(person_id)
  WHEN 'lead' THEN origin = 'proposed' AND rls.serves(person_id)
  WHEN 'jobseeker' THEN origin = 'applied' AND person_id = (SELECT rls.person_id()) ELSE false END);
CREATE POLICY change ON applications FOR UPDATE TO baara_app USING (CASE (SELECT rls.role())
    WHEN 'jobseeker' THEN person_id = (SELECT rls.person_id()) ELSE rls.sees_application(id) END) WITH CHECK (rls.sees_application(id));
CREATE POLICY read ON application_history FOR SELECT TO baara_app USING ((SELECT rls.role()) <> 'employer' AND rls.sees_application(record_id));
CREATE POLICY add ON application_history FOR INSERT TO baara_app WITH CHECK (
  actor_id IS NOT DISTINCT FROM (SELECT rls.user_id()) AND actor_role = (SELECT rls.role()) AND rls.sees_application(record_id));
CREATE POLICY read ON placements FOR SELECT TO baara_app USING (agency_id = (SELECT rls.desk_agency())
  OR person_id = ANY ((SELECT rls.own_people())::uuid[]) OR person_id = (SELECT rls.self()) OR organisation_id = (SELECT rls.employer()));
CREATE POLICY add ON placements FOR INSERT TO baara_app WITH CHECK (CASE (SELECT rls.role())
  WHEN 'counsellor' THEN agency_id = (SELECT rls.agency_id()) OR rls.owns_file_of(person_id)
  WHEN 'lead' THEN agency_id = (SELECT rls.agency_id()) OR rls.owns_file_of(person_id)
  WHEN 'employer' THEN organisation_id = (SELECT rls.employer()) AND rls.sees_application(application_id) ELSE false END);
CREATE POLICY change ON placements FOR UPDATE TO baara_app USING (rls.sees_placement(id))
  WITH CHECK ((SELECT rls.desk()) AND rls.sees_placement(id));
CREATE POLICY read ON placement_history FOR SELECT TO baara_app USING ((SELECT rls.desk()) AND rls.sees_placement(record_id));
CREATE POLICY add ON placement_history FOR INSERT TO baara_app WITH CHECK (
  actor_id = (SELECT rls.user_id()) AND actor_role = (SELECT rls.role()) AND rls.sees_placement(record_id));

-- Employers: their contacts are for the desk and for themselves. What stands
-- beside a vacancy is the name, which everybody may read.
CREATE POLICY read ON organisations FOR SELECT TO baara_app USING (id = (SELECT rls.organisation_id())
  OR (SELECT rls.role()) IN ('counsellor', 'lead', 'administrator'));
CREATE POLICY add ON organisations FOR INSERT TO baara_app WITH CHECK (
  verification = 'pending' AND (SELECT rls.role()) IN ('anonymous', 'counsellor', 'lead'));
CREATE POLICY change ON organisations FOR UPDATE TO baara_app USING (id = (SELECT rls.organisation_id())
  OR (SELECT rls.role()) IN ('counsellor', 'lead', 'administrator')) WITH CHECK (id = (SELECT rls.organisation_id()) OR (SELECT rls.desk()));
CREATE VIEW employer_names AS SELECT id, legal_name, trade_name, folded, verification FROM organisations;
REVOKE ALL ON employer_names FROM baara_app, baara_system;
GRANT SELECT ON employer_names TO baara_app, baara_system;

-- Accounts: one's own, those of the same organisation, and for the desk the
-- names of the staff. Jobseekers' accounts are their own and the administrator's.
CREATE POLICY read ON users FOR SELECT TO baara_app USING (id = (SELECT rls.user_id()) OR CASE (SELECT rls.role())
  WHEN 'administrator' THEN true
  WHEN 'employer' THEN role = 'employer' AND EXISTS (SELECT 1 FROM organisation_members m
    WHERE m.user_id = users.id AND m.organisation_id = (SELECT rls.organisation_id()))
  WHEN 'counsellor' THEN role NOT IN ('jobseeker', 'employer')
  WHEN 'lead' THEN role NOT IN ('jobseeker', 'employer') ELSE false END);
CREATE POLICY add ON users FOR INSERT TO baara_app WITH CHECK (CASE (SELECT rls.role())
  WHEN 'administrator' THEN true
  WHEN 'anonymous' THEN role = 'employer' OR role = 'jobseeker' AND rls.made_person(person_id)
  WHEN 'counsellor' THEN role = 'jobseeker' AND rls.made_person(person_id)
  WHEN 'lead' THEN role = 'jobseeker' AND rls.made_person(person_id) ELSE false END);
CREATE POLICY change ON users FOR UPDATE TO baara_app USING (id = (SELECT rls.user_id()) OR (SELECT rls.role()) = 'administrator')
  WITH CHECK (id = (SELECT rls.user_id()) OR (SELECT rls.role()) = 'administrator');
CREATE POLICY own ON sessions TO baara_app USING (user_id = (SELECT rls.user_id()) OR (SELECT rls.role()) = 'administrator');
CREATE POLICY own ON api_tokens TO baara_app USING (user_id = (SELECT rls.user_id()) OR (SELECT rls.role()) = 'administrator');
-- What was sent: for the staff, and in a demonstration, where nobody receives
-- it, for whoever tries it.
CREATE POLICY read ON messages FOR SELECT TO baara_app USING ((SELECT rls.role()) IN ('counsellor', 'lead', 'administrator')
  OR (SELECT rls.role() IS NOT NULL AND EXISTS (SELECT 1 FROM installation WHERE key = 'demo' AND value = 'yes')));
CREATE POLICY add ON messages FOR INSERT TO baara_app WITH CHECK ((SELECT rls.role()) IS NOT NULL);

-- The trail: read by the data protection officer, written by its function,
-- which is the keeper's now: not even the tables' owner adds a row beside it.
CREATE POLICY read ON audit_entries FOR SELECT TO baara_app USING ((SELECT rls.role()) = 'data_protection');
CREATE POLICY keeper ON audit_entries FOR INSERT TO baara_keeper WITH CHECK (true);
GRANT CREATE ON SCHEMA public, rls TO baara_keeper;
ALTER FUNCTION audit_append(timestamptz, uuid, text, uuid, uuid, text, text, boolean, text, uuid, uuid, text) OWNER TO baara_keeper;
ALTER VIEW employer_names OWNER TO baara_keeper;
ALTER VIEW staff_names OWNER TO baara_keeper;
-- +goose StatementBegin
DO $$
DECLARE
  one regprocedure;
BEGIN
  FOR one IN SELECT p.oid FROM pg_proc p WHERE p.pronamespace = 'rls'::regnamespace AND p.prosecdef LOOP
    EXECUTE format('ALTER FUNCTION %s OWNER TO baara_keeper', one);
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', one);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO baara_app, baara_system', one);
  END LOOP;
END $$;
-- +goose StatementEnd
REVOKE CREATE ON SCHEMA public, rls FROM baara_keeper;
GRANT EXECUTE ON FUNCTION audit_append(timestamptz, uuid, text, uuid, uuid, text, text, boolean, text, uuid, uuid, text) TO baara_system;

-- +goose Down
-- +goose StatementBegin
DO $$
DECLARE
  one record;
BEGIN
  FOR one IN SELECT schemaname, tablename, policyname FROM pg_policies WHERE schemaname = 'public' LOOP
    EXECUTE format('DROP POLICY %I ON %I', one.policyname, one.tablename);
  END LOOP;
  FOR one IN SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relrowsecurity LOOP
    EXECUTE format('ALTER TABLE %I NO FORCE ROW LEVEL SECURITY', one.relname);
    EXECUTE format('ALTER TABLE %I DISABLE ROW LEVEL SECURITY', one.relname);
  END LOOP;
  -- The owner could not take a function back from the keeper otherwise.
  EXECUTE format('GRANT CREATE ON SCHEMA public TO %I', current_user);
  EXECUTE format('ALTER FUNCTION audit_append(timestamptz, uuid, text, uuid, uuid, text, text, boolean, text, uuid, uuid, text) OWNER TO %I', current_user);
END $$;
-- +goose StatementEnd
DROP VIEW employer_names, staff_names;
DROP SCHEMA rls CASCADE;
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM baara_keeper, baara_index, baara_register, baara_system;
REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM baara_system;
REVOKE ALL ON FUNCTION audit_append(timestamptz, uuid, text, uuid, uuid, text, text, boolean, text, uuid, uuid, text) FROM baara_system;
ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE SELECT, INSERT, UPDATE, DELETE ON TABLES FROM baara_system;
ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE USAGE, SELECT ON SEQUENCES FROM baara_system;
REVOKE USAGE ON SCHEMA public FROM baara_system, baara_keeper, baara_index, baara_register;
GRANT SELECT, INSERT, UPDATE, DELETE ON one_time_codes, resume_tickets, imported_rows, sessions, messages, persons, registrations, consents,
  case_files, case_shares, plan_goals, plan_actions, applications, placements, users, api_tokens, registration_drafts, organisations,
  person_aliases, person_phones, person_name_keys, educations, experiences, person_skills, person_languages, person_licences,
  person_mobility, person_wishes, migration_episodes, displacements, database_epoch TO baara_app;
