-- +goose Up
-- What is confided to Baara about a person is sealed with the person's own key
-- before it gets here: see docs/decisions/0015-confidential-at-rest.md. A row
-- has one sealed column, or one for each circle of readers. What is looked up
-- by value has a keyed hash beside it. SQL cannot seal what is there already.
-- +goose StatementBegin
DO $$
DECLARE
  one text;
  found boolean;
BEGIN
  FOREACH one IN ARRAY ARRAY['persons', 'registration_drafts', 'messages', 'complaints'] LOOP
    EXECUTE format('ALTER TABLE %I NO FORCE ROW LEVEL SECURITY', one); -- or the owner would see no row
    EXECUTE format('SELECT EXISTS (SELECT 1 FROM %I)', one) INTO found;
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', one);
    IF found THEN
      RAISE EXCEPTION 'table % holds records from before records were sealed, and this migration would lose what they say: import the people into an empty database instead (docs/decisions/0015-confidential-at-rest.md)', one;
    END IF;
  END LOOP;
END $$;
-- +goose StatementEnd
ALTER TABLE one_time_codes NO FORCE ROW LEVEL SECURITY;
ALTER TABLE resume_tickets NO FORCE ROW LEVEL SECURITY;
ALTER TABLE imported_rows NO FORCE ROW LEVEL SECURITY;
DELETE FROM one_time_codes; -- they last some minutes
DELETE FROM resume_tickets;
DELETE FROM imported_rows WHERE kind = 'person'; -- of people who are not there
ALTER TABLE one_time_codes FORCE ROW LEVEL SECURITY;
ALTER TABLE resume_tickets FORCE ROW LEVEL SECURITY;
ALTER TABLE imported_rows FORCE ROW LEVEL SECURITY;

-- sealed_names: given and family name. sealed_identity: parents, day of birth,
-- identity number, village or quarter. sealed_contact: e-mail. sealed_rest:
-- accommodation, guardian. sealed_entry: helper, id in another system.
DROP POLICY add ON persons;
ALTER TABLE persons DROP COLUMN given_names, DROP COLUMN family_name, DROP COLUMN father_name, DROP COLUMN mother_name, DROP COLUMN birth_date,
  DROP COLUMN residence_detail, DROP COLUMN email, DROP COLUMN nina, DROP COLUMN accommodation, DROP COLUMN guardian_name,
  DROP COLUMN guardian_phone, DROP COLUMN helper_name, DROP COLUMN external_id,
  ADD COLUMN sealed_names bytea, ADD COLUMN sealed_identity bytea, ADD COLUMN sealed_contact bytea, ADD COLUMN sealed_rest bytea,
  ADD COLUMN sealed_entry bytea, ADD COLUMN external_hash text,
  ADD CONSTRAINT persons_named CHECK (sealed_names IS NOT NULL OR entered_mode = 'import'),
  ADD CONSTRAINT persons_exact_birth CHECK (birth_precision <> 'day' OR birth_year IS NOT NULL AND sealed_identity IS NOT NULL),
  ADD CONSTRAINT persons_external_source CHECK ((external_source IS NULL) = (external_hash IS NULL));
CREATE UNIQUE INDEX persons_external ON persons(external_source, external_hash) WHERE external_hash IS NOT NULL;
CREATE POLICY add ON persons FOR INSERT TO baara_app WITH CHECK (
  CASE (SELECT rls.role()) WHEN 'anonymous' THEN entered_mode IN ('self', 'helper') AND external_hash IS NULL
    WHEN 'counsellor' THEN entered_mode = 'staff' AND entered_by = (SELECT rls.user_id())
    WHEN 'lead' THEN entered_mode = 'staff' AND entered_by = (SELECT rls.user_id()) ELSE false END);

ALTER TABLE person_aliases DROP COLUMN name, ADD COLUMN sealed bytea NOT NULL;
ALTER TABLE person_phones DROP COLUMN number, DROP COLUMN helper_name, ADD COLUMN sealed_number bytea NOT NULL,
  ADD COLUMN number_hash text NOT NULL, ADD COLUMN sealed_helper bytea, ADD UNIQUE (person_id, number_hash);
CREATE INDEX person_phones_number ON person_phones(number_hash);
ALTER TABLE educations DROP COLUMN diploma, ADD COLUMN sealed bytea;
ALTER TABLE experiences DROP COLUMN title, DROP COLUMN employer, ADD COLUMN sealed bytea NOT NULL;
ALTER TABLE migration_episodes DROP COLUMN occupation, DROP COLUMN return_date, DROP COLUMN programme, ADD COLUMN sealed bytea;
ALTER TABLE displacements DROP COLUMN origin_detail, DROP COLUMN date, ADD COLUMN sealed bytea;
ALTER TABLE consents DROP COLUMN witness, DROP COLUMN representative, DROP COLUMN basis, ADD COLUMN sealed bytea,
  ADD CONSTRAINT consents_vouched CHECK (mode NOT IN ('oral', 'thumbprint', 'representative', 'import') OR sealed IS NOT NULL);

-- A form that is not sent yet is a subject of its own: its key goes with it.
ALTER TABLE registration_drafts DROP COLUMN phone, DROP COLUMN answers, ADD COLUMN phone_hash text, ADD COLUMN sealed bytea
  CHECK (octet_length(sealed) <= 70000);
CREATE INDEX registration_drafts_phone ON registration_drafts(phone_hash);
ALTER TABLE one_time_codes DROP COLUMN phone, ADD COLUMN phone_hash text NOT NULL;
CREATE INDEX one_time_codes_phone ON one_time_codes(phone_hash, purpose, created_at);
ALTER TABLE resume_tickets DROP COLUMN phone, ADD COLUMN id uuid NOT NULL UNIQUE, ADD COLUMN sealed bytea NOT NULL; -- a subject of its own too
-- A message to nobody who is registered is a subject of its own.
ALTER TABLE messages DROP COLUMN recipient, DROP COLUMN params, ADD COLUMN sealed bytea NOT NULL;
-- Jobseekers' numbers and addresses; those of who works with Baara stay readable.
ALTER TABLE users ADD COLUMN phone_hash text, ADD COLUMN email_hash text, ADD COLUMN sealed bytea,
  ADD CONSTRAINT users_jobseekers CHECK (role <> 'jobseeker' OR phone IS NULL AND email IS NULL),
  ADD CONSTRAINT users_sealed CHECK (role = 'jobseeker' OR phone_hash IS NULL AND email_hash IS NULL AND sealed IS NULL);
CREATE INDEX users_phone ON users(phone_hash) WHERE phone_hash IS NOT NULL;
CREATE UNIQUE INDEX users_email_hash ON users(email_hash) WHERE email_hash IS NOT NULL;
ALTER TABLE contact_changes ALTER COLUMN value DROP NOT NULL, ADD COLUMN sealed bytea,
  ADD CONSTRAINT contact_changes_said CHECK ((value IS NULL) <> (sealed IS NULL));

ALTER TABLE registration_history DROP COLUMN reason, ADD COLUMN sealed bytea;
ALTER TABLE case_history DROP COLUMN reason, ADD COLUMN sealed bytea;
ALTER TABLE application_history DROP COLUMN reason, ADD COLUMN sealed bytea;
ALTER TABLE placement_history DROP COLUMN reason, ADD COLUMN sealed bytea;
ALTER TABLE transfer_history DROP COLUMN reason, ADD COLUMN sealed bytea;
ALTER TABLE complaint_history DROP COLUMN reason, ADD COLUMN sealed bytea;
ALTER TABLE case_shares DROP COLUMN reason, ADD COLUMN sealed bytea;
ALTER TABLE plan_goals DROP COLUMN words, ADD COLUMN sealed bytea NOT NULL;
ALTER TABLE plan_actions DROP COLUMN words, ADD COLUMN sealed bytea NOT NULL;
ALTER TABLE case_barriers DROP COLUMN detail, ADD COLUMN sealed bytea;
ALTER TABLE notes DROP COLUMN body, ADD COLUMN sealed bytea NOT NULL;
ALTER TABLE applications DROP COLUMN reason, ADD COLUMN sealed bytea;
ALTER TABLE placements DROP COLUMN end_reason, ADD COLUMN sealed bytea;
ALTER TABLE complaints DROP COLUMN words, DROP COLUMN reason, ADD COLUMN sealed bytea,
  ADD CONSTRAINT complaints_decided CHECK (state = 'open' OR decided_by IS NOT NULL AND decided_at IS NOT NULL AND sealed IS NOT NULL);
ALTER TABLE transfers DROP COLUMN reason, DROP COLUMN answer, ADD COLUMN sealed_reason bytea NOT NULL, ADD COLUMN sealed_answer bytea;
ALTER TABLE emergencies DROP COLUMN reason, ADD COLUMN sealed bytea NOT NULL;
GRANT UPDATE (sealed_answer) ON transfers TO baara_app;

-- Who reads which sealed column; all need the key, which is not here.
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
    WHEN 'case' THEN RETURN (SELECT x.person_id FROM case_files x WHERE x.id = record);
    WHEN 'registration' THEN RETURN (SELECT x.person_id FROM registrations x WHERE x.id = record);
    WHEN 'application' THEN RETURN (SELECT x.person_id FROM applications x WHERE x.id = record);
    WHEN 'placement' THEN RETURN (SELECT x.person_id FROM placements x WHERE x.id = record);
    WHEN 'transfer' THEN RETURN (SELECT x.person_id FROM transfers x WHERE x.id = record);
    WHEN 'complaint' THEN RETURN (SELECT coalesce(x.person_id, x.id) FROM complaints x WHERE x.id = record);
    ELSE RETURN NULL;
  END CASE;
END $$;
-- +goose StatementEnd
GRANT SELECT (person_id) ON complaints TO baara_keeper;
GRANT CREATE ON SCHEMA rls TO baara_keeper;
ALTER FUNCTION rls.people_named(uuid[]) OWNER TO baara_keeper;
ALTER FUNCTION rls.people_introduced(uuid[]) OWNER TO baara_keeper;
ALTER FUNCTION rls.subject(text, uuid) OWNER TO baara_keeper;
REVOKE CREATE ON SCHEMA rls FROM baara_keeper;
REVOKE ALL ON FUNCTION rls.people_named(uuid[]), rls.people_introduced(uuid[]), rls.subject(text, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION rls.people_named(uuid[]), rls.people_introduced(uuid[]), rls.subject(text, uuid) TO baara_app, baara_system;

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
END $$;
-- +goose StatementEnd
DROP FUNCTION rls.people_named(uuid[]), rls.people_introduced(uuid[]), rls.subject(text, uuid);
REVOKE SELECT (person_id) ON complaints FROM baara_keeper;
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
ALTER TABLE consents DROP COLUMN sealed, ADD COLUMN witness text NOT NULL DEFAULT '', ADD COLUMN representative text NOT NULL DEFAULT '',
  ADD COLUMN basis text NOT NULL DEFAULT '', ADD CHECK (mode NOT IN ('oral','thumbprint') OR witness <> ''),
  ADD CHECK (mode <> 'representative' OR representative <> ''), ADD CHECK (mode <> 'import' OR basis <> '');
ALTER TABLE registration_drafts DROP COLUMN phone_hash, DROP COLUMN sealed, ADD COLUMN phone text,
  ADD COLUMN answers jsonb NOT NULL DEFAULT '{}' CHECK (octet_length(answers::text) <= 65536);
CREATE INDEX registration_drafts_phone ON registration_drafts(phone);
ALTER TABLE one_time_codes DROP COLUMN phone_hash, ADD COLUMN phone text NOT NULL;
CREATE INDEX one_time_codes_phone ON one_time_codes(phone, purpose, created_at);
ALTER TABLE resume_tickets DROP COLUMN id, DROP COLUMN sealed, ADD COLUMN phone text NOT NULL;
ALTER TABLE messages DROP COLUMN sealed, ADD COLUMN recipient text NOT NULL, ADD COLUMN params jsonb NOT NULL DEFAULT '{}';
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
ALTER TABLE complaints DROP COLUMN sealed, ADD COLUMN words text NOT NULL DEFAULT '' CHECK (char_length(words) <= 20000),
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
