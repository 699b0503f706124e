-- +goose Up
-- What is confided to Baara about a person is sealed with the person's own key
-- before it gets here: see docs/decisions/0015-confidential-at-rest.md. A row
-- has one sealed column, or one for each circle of readers. What is looked up
-- by value has a keyed hash beside it.
--
-- SQL cannot seal what is there already: rows wait as they were in unsealed,
-- which the owner alone reads. The program seals them with its keys right after
-- this file, before it serves anybody, and drops the table (domain/store/unsealed.go).
-- Until then the sealed columns of such a row are empty bytes, which open nothing.
CREATE TABLE unsealed (
  id     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  source text NOT NULL, -- the table
  fields jsonb NOT NULL
);
REVOKE ALL ON unsealed FROM PUBLIC, baara_app, baara_system;
-- +goose StatementBegin
DO $$
DECLARE
  one text;
  old text;
BEGIN
  FOREACH one IN ARRAY ARRAY[
    'persons', 'person_aliases', 'person_phones', 'educations', 'experiences', 'migration_episodes', 'displacements', 'consents',
    'registration_drafts', 'one_time_codes', 'resume_tickets', 'messages', 'users', 'contact_changes', 'imported_rows',
    'registration_history', 'case_history', 'application_history', 'placement_history', 'transfer_history', 'complaint_history',
    'case_shares', 'plan_goals', 'plan_actions', 'case_barriers', 'notes', 'case_files', 'applications', 'placements', 'complaints',
    'transfers', 'emergencies', 'merges', 'merge_records', 'rights_requests', 'rights_request_history', 'legal_holds'] LOOP
    EXECUTE format('ALTER TABLE %I NO FORCE ROW LEVEL SECURITY', one); -- or the owner would see no row
    old := CASE
      WHEN one LIKE '%_history' OR one IN ('applications', 'case_shares', 'merges') THEN 'char_length(reason) > 0'
      WHEN one = 'placements' THEN 'char_length(end_reason) > 0'
      WHEN one = 'educations' THEN 'char_length(diploma) > 0'
      WHEN one = 'case_barriers' THEN 'char_length(detail) > 0'
      WHEN one = 'users' THEN 'role = ''jobseeker'''
      WHEN one = 'contact_changes' THEN 'user_id IN (SELECT id FROM users WHERE role = ''jobseeker'')'
      WHEN one = 'imported_rows' THEN 'kind = ''person'''
      WHEN one IN ('one_time_codes', 'resume_tickets', 'case_files') THEN 'false'
      ELSE 'true' END;
    EXECUTE format('INSERT INTO unsealed (source, fields) SELECT %L, to_jsonb(x) FROM %I x WHERE %s', one, one, old);
  END LOOP;
END $$;
-- +goose StatementEnd
DELETE FROM one_time_codes; -- they last some minutes
DELETE FROM resume_tickets;
DELETE FROM imported_rows WHERE kind = 'person'; -- they come back hashed
UPDATE users SET phone = NULL, email = NULL WHERE role = 'jobseeker';

-- sealed_names: given and family name. sealed_identity: parents, day of birth,
-- identity number, village or quarter. sealed_contact: e-mail. sealed_rest:
-- accommodation, guardian. sealed_entry: helper, id in another system.
DROP POLICY add ON persons;
ALTER TABLE persons DROP COLUMN given_names, DROP COLUMN family_name, DROP COLUMN father_name, DROP COLUMN mother_name, DROP COLUMN birth_date,
  DROP COLUMN residence_detail, DROP COLUMN email, DROP COLUMN nina, DROP COLUMN accommodation, DROP COLUMN guardian_name,
  DROP COLUMN guardian_phone, DROP COLUMN helper_name, DROP COLUMN external_id,
  ADD COLUMN sealed_names bytea DEFAULT '', ADD COLUMN sealed_identity bytea DEFAULT '', ADD COLUMN sealed_contact bytea, ADD COLUMN sealed_rest bytea,
  ADD COLUMN sealed_entry bytea, ADD COLUMN external_hash text,
  ADD CONSTRAINT persons_named CHECK (sealed_names IS NOT NULL OR entered_mode = 'import'),
  ADD CONSTRAINT persons_exact_birth CHECK (birth_precision <> 'day' OR birth_year IS NOT NULL AND sealed_identity IS NOT NULL);
UPDATE persons SET external_hash = gen_random_uuid()::text WHERE external_source IS NOT NULL; -- until it is hashed
ALTER TABLE persons ADD CONSTRAINT persons_external_source CHECK ((external_source IS NULL) = (external_hash IS NULL));
CREATE UNIQUE INDEX persons_external ON persons(external_source, external_hash) WHERE external_hash IS NOT NULL;
CREATE POLICY add ON persons FOR INSERT TO baara_app WITH CHECK (
  CASE (SELECT rls.role()) WHEN 'anonymous' THEN entered_mode IN ('self', 'helper') AND external_hash IS NULL
    WHEN 'counsellor' THEN entered_mode = 'staff' AND entered_by = (SELECT rls.user_id())
    WHEN 'lead' THEN entered_mode = 'staff' AND entered_by = (SELECT rls.user_id()) ELSE false END);

ALTER TABLE person_aliases DROP COLUMN name, ADD COLUMN sealed bytea NOT NULL DEFAULT '';
ALTER TABLE person_phones DROP COLUMN number, DROP COLUMN helper_name, ADD COLUMN sealed_number bytea NOT NULL DEFAULT '',
  ADD COLUMN number_hash text NOT NULL DEFAULT gen_random_uuid()::text, ADD COLUMN sealed_helper bytea, ADD UNIQUE (person_id, number_hash);
CREATE INDEX person_phones_number ON person_phones(number_hash);
ALTER TABLE educations DROP COLUMN diploma, ADD COLUMN sealed bytea;
ALTER TABLE experiences DROP COLUMN title, DROP COLUMN employer, ADD COLUMN sealed bytea NOT NULL DEFAULT '';
ALTER TABLE migration_episodes DROP COLUMN occupation, DROP COLUMN return_date, DROP COLUMN programme, ADD COLUMN sealed bytea;
ALTER TABLE displacements DROP COLUMN origin_detail, DROP COLUMN date, ADD COLUMN sealed bytea;
ALTER TABLE consents DROP CONSTRAINT consents_witness, DROP CONSTRAINT consents_names_a_contact,
  DROP COLUMN witness, DROP COLUMN representative, DROP COLUMN basis, DROP COLUMN employer, DROP COLUMN representative_phone, DROP COLUMN paper,
  ADD COLUMN sealed bytea DEFAULT '',
  ADD CONSTRAINT consents_witness CHECK (mode NOT IN ('oral', 'thumbprint') OR sealed IS NOT NULL OR application_id IS NOT NULL AND recorded_by IS NOT NULL),
  ADD CONSTRAINT consents_vouched CHECK (mode NOT IN ('representative', 'import') OR sealed IS NOT NULL),
  ADD CONSTRAINT consents_names_a_contact CHECK (application_id IS NOT NULL OR organisation_id IS NULL);

-- A form that is not sent yet is a subject of its own: its key goes with it.
ALTER TABLE registration_drafts DROP COLUMN phone, DROP COLUMN answers, ADD COLUMN phone_hash text, ADD COLUMN sealed bytea
  CHECK (octet_length(sealed) <= 70000);
CREATE INDEX registration_drafts_phone ON registration_drafts(phone_hash);
ALTER TABLE one_time_codes DROP COLUMN phone, ADD COLUMN phone_hash text NOT NULL;
CREATE INDEX one_time_codes_phone ON one_time_codes(phone_hash, purpose, created_at);
ALTER TABLE resume_tickets DROP COLUMN phone, ADD COLUMN id uuid NOT NULL UNIQUE, ADD COLUMN sealed bytea NOT NULL, -- a subject of its own too
  ADD COLUMN phone_hash text NOT NULL;
CREATE INDEX resume_tickets_phone ON resume_tickets(phone_hash);
-- A message to nobody who is registered is a subject of its own.
ALTER TABLE messages DROP COLUMN recipient, DROP COLUMN params, ADD COLUMN sealed bytea NOT NULL DEFAULT '', ADD COLUMN recipient_hash text;
CREATE INDEX messages_recipient ON messages(recipient_hash) WHERE person_id IS NULL;
-- Jobseekers' numbers and addresses; those of who works with Baara stay readable.
ALTER TABLE users ADD COLUMN phone_hash text, ADD COLUMN email_hash text, ADD COLUMN sealed bytea,
  ADD CONSTRAINT users_jobseekers CHECK (role <> 'jobseeker' OR phone IS NULL AND email IS NULL),
  ADD CONSTRAINT users_sealed CHECK (role = 'jobseeker' OR phone_hash IS NULL AND email_hash IS NULL AND sealed IS NULL);
CREATE INDEX users_phone ON users(phone_hash) WHERE phone_hash IS NOT NULL;
CREATE UNIQUE INDEX users_email_hash ON users(email_hash) WHERE email_hash IS NOT NULL;
ALTER TABLE contact_changes ALTER COLUMN value DROP NOT NULL, ADD COLUMN sealed bytea;

ALTER TABLE registration_history DROP COLUMN reason, ADD COLUMN sealed bytea;
ALTER TABLE case_history DROP COLUMN reason, ADD COLUMN sealed bytea;
ALTER TABLE application_history DROP COLUMN reason, ADD COLUMN sealed bytea;
ALTER TABLE placement_history DROP COLUMN reason, ADD COLUMN sealed bytea;
ALTER TABLE transfer_history DROP COLUMN reason, ADD COLUMN sealed bytea;
ALTER TABLE complaint_history DROP COLUMN reason, ADD COLUMN sealed bytea;
ALTER TABLE case_shares DROP COLUMN reason, ADD COLUMN sealed bytea;
ALTER TABLE plan_goals DROP COLUMN words, ADD COLUMN sealed bytea NOT NULL DEFAULT '';
ALTER TABLE plan_actions DROP COLUMN words, ADD COLUMN sealed bytea NOT NULL DEFAULT '';
ALTER TABLE case_barriers DROP COLUMN detail, ADD COLUMN sealed bytea;
ALTER TABLE notes DROP COLUMN body, ADD COLUMN sealed bytea NOT NULL DEFAULT '';
ALTER TABLE applications DROP COLUMN reason, ADD COLUMN sealed bytea;
ALTER TABLE placements DROP COLUMN end_reason, ADD COLUMN sealed bytea;
-- What was said is the person's who said it; what was decided stays when she is erased.
ALTER TABLE complaints DROP COLUMN words, DROP COLUMN reason, ADD COLUMN sealed_words bytea, ADD COLUMN sealed_reason bytea DEFAULT '',
  ADD CONSTRAINT complaints_decided CHECK (state = 'open' OR decided_by IS NOT NULL AND decided_at IS NOT NULL AND sealed_reason IS NOT NULL);
ALTER TABLE transfers DROP COLUMN reason, DROP COLUMN answer, ADD COLUMN sealed_reason bytea NOT NULL DEFAULT '', ADD COLUMN sealed_answer bytea;
ALTER TABLE emergencies DROP COLUMN reason, ADD COLUMN sealed bytea NOT NULL DEFAULT '';
-- With the survivor's key: the reason, and the record before and after.
ALTER TABLE merges DROP COLUMN reason, ADD COLUMN sealed bytea;
ALTER TABLE merge_records DROP COLUMN before, DROP COLUMN after, ADD COLUMN sealed_before bytea NOT NULL DEFAULT '', ADD COLUMN sealed_after bytea NOT NULL DEFAULT '';
ALTER TABLE rights_requests DROP COLUMN words, DROP COLUMN reason, ADD COLUMN sealed bytea DEFAULT '' CHECK (octet_length(sealed) <= 30000),
  ADD CONSTRAINT rights_requests_refused CHECK (state <> 'refused' OR sealed IS NOT NULL);
ALTER TABLE rights_request_history DROP COLUMN reason, ADD COLUMN sealed bytea;
ALTER TABLE legal_holds DROP COLUMN reason, ADD COLUMN sealed bytea NOT NULL DEFAULT '';
UPDATE contact_changes SET value = NULL, sealed = '' WHERE user_id IN (SELECT id FROM users WHERE role = 'jobseeker');
ALTER TABLE contact_changes ADD CONSTRAINT contact_changes_said CHECK ((value IS NULL) <> (sealed IS NULL));
-- Which keys of the name register tell that two records are of one person: the
-- end of a phone, an identity number.
ALTER TABLE person_name_keys ADD COLUMN telling boolean NOT NULL DEFAULT false;
CREATE INDEX person_name_keys_telling ON person_name_keys(person_id) WHERE telling;

-- Whose key closes what is said in a record: a merge gives the record to
-- another person, and its words stay under the key they were written with. NULL
-- at first means of the person, or of a complaint that nobody registered made.
-- +goose StatementBegin
CREATE FUNCTION rls.own_subject() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  NEW.subject_id := coalesce(NEW.subject_id, NEW.person_id, NEW.id);
  RETURN NEW;
END $$;
DO $$
DECLARE
  one text;
BEGIN
  FOREACH one IN ARRAY ARRAY['case_files', 'applications', 'placements', 'complaints'] LOOP
    EXECUTE format('ALTER TABLE %I ADD COLUMN subject_id uuid', one);
    EXECUTE format('UPDATE %I x SET subject_id = coalesce(rls.origin(CASE %L WHEN ''case_files'' THEN ''case'' ELSE rtrim(%L, ''s'') END, x.id), x.person_id, x.id)', one, one, one);
    EXECUTE format('ALTER TABLE %I ALTER COLUMN subject_id SET NOT NULL', one);
    EXECUTE format('CREATE TRIGGER own_subject BEFORE INSERT ON %I FOR EACH ROW EXECUTE FUNCTION rls.own_subject()', one);
    EXECUTE format('GRANT SELECT (subject_id) ON %I TO baara_keeper', one);
  END LOOP;
  -- Of rows that are written from now on nothing is left out.
  FOR one IN SELECT format('ALTER TABLE %I ALTER COLUMN %I DROP DEFAULT', table_name, column_name) FROM information_schema.columns
      WHERE table_schema = 'public' AND (column_name LIKE 'sealed%' OR table_name = 'person_phones' AND column_name = 'number_hash') AND column_default IS NOT NULL LOOP
    EXECUTE one;
  END LOOP;
END $$;
-- +goose StatementEnd
GRANT UPDATE (sealed_answer) ON transfers TO baara_app;

-- Who reads which sealed column; all need the key, which is not here.
REVOKE SELECT ON subject_keys FROM baara_keeper; -- which erases keys and opens nothing
GRANT SELECT (subject_id, wrapping_id) ON subject_keys TO baara_keeper;
GRANT SELECT (sealed_names, sealed_contact) ON persons TO baara_keeper;
GRANT SELECT (sealed_number) ON person_phones TO baara_keeper;
GRANT SELECT (sealed_names, sealed_identity) ON persons TO baara_register;
GRANT SELECT (sealed_number) ON person_phones TO baara_register;
DROP FUNCTION rls.people_named(uuid[]), rls.people_introduced(uuid[]);
-- +goose StatementBegin
CREATE FUNCTION rls.people_named(ids uuid[]) RETURNS TABLE (id uuid, reference text, sealed_names bytea)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  RETURN QUERY SELECT p.id, p.reference, p.sealed_names FROM persons p WHERE p.id = ANY(ids) AND rls.names(p.id);
END $$;
CREATE FUNCTION rls.people_introduced(ids uuid[]) RETURNS TABLE (id uuid, sealed_names bytea, sealed_contact bytea, phones json)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  RETURN QUERY SELECT p.id, p.sealed_names, p.sealed_contact,
      (SELECT json_agg(json_build_object('sealed_number', n.sealed_number, 'owner', n.owner) ORDER BY n.position) FROM person_phones n
        WHERE n.person_id = p.id AND n.owner <> 'helper')
    FROM persons p WHERE p.id = ANY(ids) AND rls.names(p.id);
END $$;
-- Whose key closes what is said beside a record: of the person it is about, or
-- of a complaint nobody registered made. An identifier, whoever asks: somebody
-- may add to a record that is not theirs to read any more.
CREATE FUNCTION rls.subject(noun text, record uuid) RETURNS uuid LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  CASE noun
    WHEN 'case' THEN RETURN (SELECT x.subject_id FROM case_files x WHERE x.id = record);
    WHEN 'registration' THEN RETURN (SELECT x.person_id FROM registrations x WHERE x.id = record);
    WHEN 'application' THEN RETURN (SELECT x.subject_id FROM applications x WHERE x.id = record);
    WHEN 'placement' THEN RETURN (SELECT x.subject_id FROM placements x WHERE x.id = record);
    WHEN 'transfer' THEN RETURN (SELECT x.person_id FROM transfers x WHERE x.id = record);
    WHEN 'complaint' THEN RETURN (SELECT x.id FROM complaints x WHERE x.id = record); -- what was decided about it
    WHEN 'complaint words' THEN RETURN (SELECT x.subject_id FROM complaints x WHERE x.id = record);
    WHEN 'rights_request' THEN RETURN (SELECT coalesce(x.person_id, x.id) FROM rights_requests x WHERE x.id = record);
    ELSE RETURN NULL;
  END CASE;
END $$;
-- Why somebody's file was opened in emergencies, for who may learn it: the
-- person, and who takes the copy for her.
CREATE FUNCTION rls.emergencies_said(p uuid) RETURNS TABLE (id uuid, sealed bytea) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF rls.journey(p, false) THEN
    RETURN QUERY SELECT e.id, e.sealed FROM emergencies e WHERE e.person_id = p;
  END IF;
END $$;
-- +goose StatementEnd
GRANT SELECT (id, sealed) ON emergencies TO baara_keeper;
GRANT SELECT (person_id) ON rights_requests TO baara_keeper;
GRANT CREATE ON SCHEMA rls TO baara_keeper;
ALTER FUNCTION rls.people_named(uuid[]) OWNER TO baara_keeper;
ALTER FUNCTION rls.people_introduced(uuid[]) OWNER TO baara_keeper;
ALTER FUNCTION rls.subject(text, uuid) OWNER TO baara_keeper;
ALTER FUNCTION rls.emergencies_said(uuid) OWNER TO baara_keeper;
REVOKE CREATE ON SCHEMA rls FROM baara_keeper;
REVOKE ALL ON FUNCTION rls.people_named(uuid[]), rls.people_introduced(uuid[]), rls.subject(text, uuid), rls.emergencies_said(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION rls.people_named(uuid[]), rls.people_introduced(uuid[]), rls.subject(text, uuid), rls.emergencies_said(uuid) TO baara_app, baara_system;
-- +goose StatementBegin
DO $$
DECLARE
  one text;
BEGIN
  -- A step of a merge says nothing in words, and the column for them is gone.
  FOREACH one IN ARRAY ARRAY['merge(uuid)', 'unmerge(uuid)'] LOOP
    EXECUTE replace(replace(pg_get_functiondef(('rls.' || one)::regprocedure), 'actor_id, actor_role, reason, at)', 'actor_id, actor_role, at)'),
      'rls.user_id(), rls.role(), '''', ', 'rls.user_id(), rls.role(), ');
  END LOOP;
  FOREACH one IN ARRAY ARRAY[
    'persons', 'person_aliases', 'person_phones', 'educations', 'experiences', 'migration_episodes', 'displacements', 'consents',
    'registration_drafts', 'one_time_codes', 'resume_tickets', 'messages', 'users', 'contact_changes', 'imported_rows',
    'registration_history', 'case_history', 'application_history', 'placement_history', 'transfer_history', 'complaint_history',
    'case_shares', 'plan_goals', 'plan_actions', 'case_barriers', 'notes', 'case_files', 'applications', 'placements', 'complaints',
    'transfers', 'emergencies', 'merges', 'merge_records', 'rights_requests', 'rights_request_history', 'legal_holds'] LOOP
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', one);
  END LOOP;
  IF NOT EXISTS (SELECT 1 FROM unsealed) THEN
    DROP TABLE unsealed;
  END IF;
END $$;
-- +goose StatementEnd

-- +goose Down
-- Nothing here can open what is sealed: going down would lose it.
-- +goose StatementBegin
DO $$
DECLARE
  one text;
  found boolean;
BEGIN
  FOREACH one IN ARRAY ARRAY['persons', 'registration_drafts', 'messages', 'complaints'] LOOP
    EXECUTE format('ALTER TABLE %I NO FORCE ROW LEVEL SECURITY', one);
    EXECUTE format('SELECT EXISTS (SELECT 1 FROM %I)', one) INTO found;
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', one);
    IF found THEN
      RAISE EXCEPTION 'table % holds sealed records, which the schema before cannot hold', one;
    END IF;
  END LOOP;
  FOREACH one IN ARRAY ARRAY['case_files', 'applications', 'placements', 'complaints'] LOOP
    EXECUTE format('DROP TRIGGER own_subject ON %I', one);
    EXECUTE format('ALTER TABLE %I DROP COLUMN subject_id', one);
  END LOOP;
END $$;
-- +goose StatementEnd
DROP TABLE IF EXISTS unsealed;
REVOKE SELECT (subject_id, wrapping_id) ON subject_keys FROM baara_keeper;
GRANT SELECT ON subject_keys TO baara_keeper;
DROP FUNCTION rls.people_named(uuid[]), rls.people_introduced(uuid[]), rls.subject(text, uuid), rls.own_subject(), rls.emergencies_said(uuid);
REVOKE SELECT (id) ON emergencies FROM baara_keeper;
REVOKE SELECT (person_id) ON rights_requests FROM baara_keeper;
ALTER TABLE rights_requests NO FORCE ROW LEVEL SECURITY;
UPDATE rights_requests SET state = 'done' WHERE state = 'refused'; -- of nobody any more: the reason cannot be told
ALTER TABLE rights_requests FORCE ROW LEVEL SECURITY;
ALTER TABLE person_name_keys DROP COLUMN telling;
ALTER TABLE merges DROP COLUMN sealed, ADD COLUMN reason text NOT NULL DEFAULT '';
ALTER TABLE merge_records DROP COLUMN sealed_before, DROP COLUMN sealed_after, ADD COLUMN before text NOT NULL, ADD COLUMN after text NOT NULL;
ALTER TABLE rights_requests DROP COLUMN sealed, ADD COLUMN words text NOT NULL DEFAULT '' CHECK (char_length(words) <= 4000),
  ADD COLUMN reason text NOT NULL DEFAULT '' CHECK (char_length(reason) <= 2000), ADD CHECK (state <> 'refused' OR reason <> '');
ALTER TABLE rights_request_history DROP COLUMN sealed, ADD COLUMN reason text NOT NULL DEFAULT '';
ALTER TABLE legal_holds DROP COLUMN sealed, ADD COLUMN reason text NOT NULL CHECK (reason <> '' AND char_length(reason) <= 500);
ALTER TABLE one_time_codes NO FORCE ROW LEVEL SECURITY;
ALTER TABLE resume_tickets NO FORCE ROW LEVEL SECURITY;
ALTER TABLE imported_rows NO FORCE ROW LEVEL SECURITY;
ALTER TABLE contact_changes NO FORCE ROW LEVEL SECURITY;
DELETE FROM one_time_codes;
DELETE FROM resume_tickets;
DELETE FROM imported_rows WHERE kind = 'person';
DELETE FROM contact_changes WHERE sealed IS NOT NULL;
ALTER TABLE one_time_codes FORCE ROW LEVEL SECURITY;
ALTER TABLE resume_tickets FORCE ROW LEVEL SECURITY;
ALTER TABLE imported_rows FORCE ROW LEVEL SECURITY;
ALTER TABLE contact_changes FORCE ROW LEVEL SECURITY;
DROP POLICY add ON persons;
ALTER TABLE persons DROP COLUMN sealed_names, DROP COLUMN sealed_identity, DROP COLUMN sealed_contact, DROP COLUMN sealed_rest,
  DROP COLUMN sealed_entry, DROP COLUMN external_hash,
  ADD COLUMN given_names text NOT NULL DEFAULT '', ADD COLUMN family_name text NOT NULL DEFAULT '', ADD COLUMN father_name text NOT NULL DEFAULT '',
  ADD COLUMN mother_name text NOT NULL DEFAULT '', ADD COLUMN birth_date date, ADD COLUMN residence_detail text NOT NULL DEFAULT '',
  ADD COLUMN email text, ADD COLUMN nina text, ADD COLUMN accommodation text NOT NULL DEFAULT '', ADD COLUMN guardian_name text NOT NULL DEFAULT '',
  ADD COLUMN guardian_phone text CHECK (guardian_phone ~ '^\+[1-9][0-9]{6,14}$'), ADD COLUMN helper_name text NOT NULL DEFAULT '',
  ADD COLUMN external_id text,
  ADD CHECK (given_names <> '' OR family_name <> '' OR entered_mode = 'import'),
  ADD CHECK ((birth_precision = 'day') = (birth_date IS NOT NULL)),
  ADD CHECK (birth_date IS NULL OR birth_year = extract(year FROM birth_date)),
  ADD CHECK ((external_source IS NULL) = (external_id IS NULL));
CREATE UNIQUE INDEX persons_external ON persons(external_source, external_id) WHERE external_id IS NOT NULL;
CREATE POLICY add ON persons FOR INSERT TO baara_app WITH CHECK (
  CASE (SELECT rls.role()) WHEN 'anonymous' THEN entered_mode IN ('self', 'helper') AND external_id IS NULL
    WHEN 'counsellor' THEN entered_mode = 'staff' AND entered_by = (SELECT rls.user_id())
    WHEN 'lead' THEN entered_mode = 'staff' AND entered_by = (SELECT rls.user_id()) ELSE false END);
ALTER TABLE person_aliases DROP COLUMN sealed, ADD COLUMN name text NOT NULL CHECK (name <> '');
ALTER TABLE person_phones DROP COLUMN sealed_number, DROP COLUMN number_hash, DROP COLUMN sealed_helper,
  ADD COLUMN number text NOT NULL CHECK (number ~ '^\+[1-9][0-9]{6,14}$'), ADD COLUMN helper_name text NOT NULL DEFAULT '', ADD UNIQUE (person_id, number);
CREATE INDEX person_phones_number ON person_phones(number);
ALTER TABLE educations DROP COLUMN sealed, ADD COLUMN diploma text NOT NULL DEFAULT '';
ALTER TABLE experiences DROP COLUMN sealed, ADD COLUMN title text NOT NULL CHECK (title <> ''), ADD COLUMN employer text NOT NULL DEFAULT '';
ALTER TABLE migration_episodes DROP COLUMN sealed, ADD COLUMN occupation text NOT NULL DEFAULT '', ADD COLUMN return_date date,
  ADD COLUMN programme text NOT NULL DEFAULT '';
ALTER TABLE displacements DROP COLUMN sealed, ADD COLUMN origin_detail text NOT NULL DEFAULT '', ADD COLUMN date date;
ALTER TABLE consents DROP CONSTRAINT consents_names_a_contact, DROP COLUMN sealed, ADD COLUMN witness text NOT NULL DEFAULT '',
  ADD COLUMN representative text NOT NULL DEFAULT '', ADD COLUMN basis text NOT NULL DEFAULT '', ADD COLUMN employer text NOT NULL DEFAULT '',
  ADD COLUMN representative_phone text CHECK (representative_phone ~ '^\+[1-9][0-9]{6,14}$'), ADD COLUMN paper text NOT NULL DEFAULT '',
  ADD CONSTRAINT consents_names_a_contact CHECK (application_id IS NOT NULL OR organisation_id IS NULL AND employer = ''),
  ADD CONSTRAINT consents_witness CHECK (mode NOT IN ('oral','thumbprint') OR witness <> '' OR application_id IS NOT NULL AND recorded_by IS NOT NULL),
  ADD CONSTRAINT consents_check1 CHECK (mode <> 'representative' OR representative <> ''), ADD CONSTRAINT consents_check2 CHECK (mode <> 'import' OR basis <> '');
ALTER TABLE registration_drafts DROP COLUMN phone_hash, DROP COLUMN sealed, ADD COLUMN phone text,
  ADD COLUMN answers jsonb NOT NULL DEFAULT '{}' CHECK (octet_length(answers::text) <= 65536);
CREATE INDEX registration_drafts_phone ON registration_drafts(phone);
ALTER TABLE one_time_codes DROP COLUMN phone_hash, ADD COLUMN phone text NOT NULL;
CREATE INDEX one_time_codes_phone ON one_time_codes(phone, purpose, created_at);
ALTER TABLE resume_tickets DROP COLUMN id, DROP COLUMN sealed, DROP COLUMN phone_hash, ADD COLUMN phone text NOT NULL;
ALTER TABLE messages DROP COLUMN sealed, DROP COLUMN recipient_hash, ADD COLUMN recipient text NOT NULL, ADD COLUMN params jsonb NOT NULL DEFAULT '{}';
ALTER TABLE users DROP CONSTRAINT users_jobseekers, DROP COLUMN phone_hash, DROP COLUMN email_hash, DROP COLUMN sealed;
ALTER TABLE contact_changes DROP COLUMN sealed, ALTER COLUMN value SET NOT NULL;
ALTER TABLE registration_history DROP COLUMN sealed, ADD COLUMN reason text NOT NULL DEFAULT '';
ALTER TABLE case_history DROP COLUMN sealed, ADD COLUMN reason text NOT NULL DEFAULT '';
ALTER TABLE application_history DROP COLUMN sealed, ADD COLUMN reason text NOT NULL DEFAULT '';
ALTER TABLE placement_history DROP COLUMN sealed, ADD COLUMN reason text NOT NULL DEFAULT '';
ALTER TABLE transfer_history DROP COLUMN sealed, ADD COLUMN reason text NOT NULL DEFAULT '';
ALTER TABLE complaint_history DROP COLUMN sealed, ADD COLUMN reason text NOT NULL DEFAULT '';
ALTER TABLE case_shares DROP COLUMN sealed, ADD COLUMN reason text NOT NULL DEFAULT '';
ALTER TABLE plan_goals DROP COLUMN sealed, ADD COLUMN words text NOT NULL CHECK (words <> '');
ALTER TABLE plan_actions DROP COLUMN sealed, ADD COLUMN words text NOT NULL CHECK (words <> '');
ALTER TABLE case_barriers DROP COLUMN sealed, ADD COLUMN detail text NOT NULL DEFAULT '';
ALTER TABLE notes DROP COLUMN sealed, ADD COLUMN body text NOT NULL CHECK (body <> '');
ALTER TABLE applications DROP COLUMN sealed, ADD COLUMN reason text NOT NULL DEFAULT '';
ALTER TABLE placements DROP COLUMN sealed, ADD COLUMN end_reason text NOT NULL DEFAULT '';
ALTER TABLE complaints DROP COLUMN sealed_words, DROP COLUMN sealed_reason, ADD COLUMN words text NOT NULL DEFAULT '' CHECK (char_length(words) <= 20000),
  ADD COLUMN reason text NOT NULL DEFAULT '', ADD CHECK (state = 'open' OR (reason <> '' AND decided_by IS NOT NULL AND decided_at IS NOT NULL));
ALTER TABLE transfers DROP COLUMN sealed_reason, DROP COLUMN sealed_answer, ADD COLUMN reason text NOT NULL CHECK (reason <> ''),
  ADD COLUMN answer text NOT NULL DEFAULT '';
ALTER TABLE emergencies DROP COLUMN sealed, ADD COLUMN reason text NOT NULL CHECK (reason <> '');
GRANT UPDATE (answer) ON transfers TO baara_app;
GRANT SELECT (given_names, family_name, email) ON persons TO baara_keeper;
GRANT SELECT (number) ON person_phones TO baara_keeper;
GRANT SELECT (given_names, family_name, father_name, mother_name, birth_date, nina, residence_detail) ON persons TO baara_register;
GRANT SELECT (number) ON person_phones TO baara_register;
-- +goose StatementBegin
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
GRANT CREATE ON SCHEMA rls TO baara_keeper;
ALTER FUNCTION rls.people_named(uuid[]) OWNER TO baara_keeper;
ALTER FUNCTION rls.people_introduced(uuid[]) OWNER TO baara_keeper;
REVOKE CREATE ON SCHEMA rls FROM baara_keeper;
REVOKE ALL ON FUNCTION rls.people_named(uuid[]), rls.people_introduced(uuid[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION rls.people_named(uuid[]), rls.people_introduced(uuid[]) TO baara_app, baara_system;
