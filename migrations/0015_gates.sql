-- +goose Up
-- What left in files, and what became of checking the trail. Both are added to
-- and never rewritten.
CREATE SEQUENCE export_reference;
CREATE TABLE exports (
  id        uuid PRIMARY KEY,
  reference text NOT NULL UNIQUE, -- stands in the file too
  kind      text NOT NULL CHECK (kind IN ('audit','case','account')),
  made_by   uuid NOT NULL REFERENCES users(id),
  made_role text NOT NULL,
  agency_id uuid REFERENCES agencies(id),
  made_at   timestamptz NOT NULL,
  filter    jsonb NOT NULL DEFAULT '{}', -- what narrowed it: codes, days, identifiers
  lines     integer NOT NULL CHECK (lines >= 0)
);
CREATE INDEX exports_made_by ON exports(made_by);
CREATE INDEX exports_agency ON exports(agency_id);
CREATE TABLE audit_checks (
  id           uuid PRIMARY KEY,
  kind         text NOT NULL CHECK (kind IN ('verify','anchor')),
  at           timestamptz NOT NULL,
  made_by      uuid REFERENCES users(id), -- nobody when a command did
  entries      bigint NOT NULL CHECK (entries >= 0),
  anchors      integer NOT NULL DEFAULT 0, -- it was held against
  broken_chain smallint,
  broken_seq   bigint,
  why          text NOT NULL DEFAULT '',
  heads        jsonb NOT NULL DEFAULT '[]', -- of an anchor
  CHECK ((why = '') = (broken_chain IS NULL))
);
CREATE INDEX audit_checks_at ON audit_checks(kind, at);
CREATE INDEX audit_checks_made_by ON audit_checks(made_by);
REVOKE UPDATE, DELETE ON exports, audit_checks FROM baara_app, baara_system;
-- Refusals are few among the entries and what an officer looks for first.
CREATE INDEX audit_entries_refused ON audit_entries(at, chain, seq) WHERE NOT allowed;

-- +goose StatementBegin
DO $$
DECLARE
  one text;
BEGIN
  FOREACH one IN ARRAY ARRAY['exports', 'audit_checks'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', one);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', one);
    EXECUTE format('CREATE POLICY system ON %I TO baara_system USING (true) WITH CHECK (true)', one);
  END LOOP;
END $$;
-- +goose StatementEnd
CREATE POLICY read ON exports FOR SELECT TO baara_app USING ((SELECT rls.role()) = 'data_protection');
CREATE POLICY add ON exports FOR INSERT TO baara_app WITH CHECK (
  made_by = (SELECT rls.user_id()) AND made_role = (SELECT rls.role()) AND CASE kind WHEN 'audit' THEN made_role = 'data_protection'
    WHEN 'case' THEN made_role = 'lead' AND agency_id = (SELECT rls.agency_id()) ELSE made_role = 'administrator' END);
CREATE POLICY read ON audit_checks FOR SELECT TO baara_app USING ((SELECT rls.role()) = 'data_protection');
CREATE POLICY add ON audit_checks FOR INSERT TO baara_app WITH CHECK (
  (SELECT rls.role()) = 'data_protection' AND made_by = (SELECT rls.user_id()));

-- What the officer for data protection learns beside identifiers: names of who
-- works with Baara, and the references of records. Never a jobseeker's name.
-- +goose StatementBegin
CREATE FUNCTION rls.trail_names(ids uuid[]) RETURNS TABLE (id uuid, name text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF rls.role() IS DISTINCT FROM 'data_protection' THEN
    RETURN;
  END IF;
  RETURN QUERY SELECT u.id, u.name FROM users u WHERE u.id = ANY(ids) AND u.role <> 'jobseeker'
    UNION ALL SELECT p.id, p.reference FROM persons p WHERE p.id = ANY(ids)
    UNION ALL SELECT v.id, v.reference FROM vacancies v WHERE v.id = ANY(ids)
    UNION ALL SELECT o.id, o.reference FROM organisations o WHERE o.id = ANY(ids);
END $$;

-- Accounts by words of a name, records by their reference: of the first as many
-- as somebody could mean.
CREATE FUNCTION rls.trail_find(words text) RETURNS TABLE (id uuid, account boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF rls.role() IS DISTINCT FROM 'data_protection' OR words = '' THEN
    RETURN;
  END IF;
  RETURN QUERY (SELECT u.id, true FROM users u WHERE u.role <> 'jobseeker' AND strpos(lower(u.name), lower(words)) > 0 ORDER BY u.id LIMIT 50)
    UNION ALL SELECT p.id, false FROM persons p WHERE p.reference = upper(words)
    UNION ALL SELECT v.id, false FROM vacancies v WHERE v.reference = upper(words)
    UNION ALL SELECT o.id, false FROM organisations o WHERE o.reference = upper(words);
END $$;
-- +goose StatementEnd
GRANT SELECT (reference) ON vacancies, organisations TO baara_keeper;
GRANT CREATE ON SCHEMA rls TO baara_keeper;
ALTER FUNCTION rls.trail_names(uuid[]) OWNER TO baara_keeper;
ALTER FUNCTION rls.trail_find(text) OWNER TO baara_keeper;
REVOKE CREATE ON SCHEMA rls FROM baara_keeper;
REVOKE ALL ON FUNCTION rls.trail_names(uuid[]), rls.trail_find(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION rls.trail_names(uuid[]), rls.trail_find(text) TO baara_app, baara_system;

-- A lead hands a counsellor of the agency a new password.
-- +goose StatementBegin
CREATE FUNCTION rls.leads(account uuid) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  RETURN rls.role() = 'lead' AND EXISTS (SELECT 1 FROM agency_members m WHERE m.user_id = account AND m.agency_id = rls.agency_id()
    AND m.since <= current_date AND (m.until IS NULL OR current_date <= m.until) AND m.ended_at IS NULL);
END $$;
-- +goose StatementEnd
GRANT CREATE ON SCHEMA rls TO baara_keeper;
ALTER FUNCTION rls.leads(uuid) OWNER TO baara_keeper;
REVOKE CREATE ON SCHEMA rls FROM baara_keeper;
REVOKE ALL ON FUNCTION rls.leads(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION rls.leads(uuid) TO baara_app, baara_system;
CREATE POLICY lead ON users FOR UPDATE TO baara_app USING (role = 'counsellor' AND rls.leads(id)) WITH CHECK (role = 'counsellor' AND rls.leads(id));

-- Programs have accounts too: nothing to sign in with, tokens alone.
ALTER TABLE users DROP CONSTRAINT users_role_check;
ALTER TABLE users ADD CONSTRAINT users_role_check CHECK (role IN ('jobseeker','employer','counsellor','lead','analyst','administrator','data_protection','api_client'));
ALTER TABLE users DROP CONSTRAINT users_check1;
ALTER TABLE users ADD CONSTRAINT users_reachable CHECK (email IS NOT NULL OR phone IS NOT NULL OR role IN ('jobseeker','api_client'));
ALTER TABLE users ADD CONSTRAINT users_programs CHECK (role <> 'api_client' OR email IS NULL AND phone IS NULL AND password_hash IS NULL AND person_id IS NULL);

-- +goose Down
-- Forced rules bind the owner too: without this nothing would be deleted.
ALTER TABLE users NO FORCE ROW LEVEL SECURITY;
DELETE FROM users WHERE role = 'api_client';
ALTER TABLE users FORCE ROW LEVEL SECURITY;
ALTER TABLE users DROP CONSTRAINT users_programs, DROP CONSTRAINT users_reachable, DROP CONSTRAINT users_role_check;
ALTER TABLE users ADD CONSTRAINT users_role_check CHECK (role IN ('jobseeker','employer','counsellor','lead','analyst','administrator','data_protection'));
ALTER TABLE users ADD CONSTRAINT users_check1 CHECK (email IS NOT NULL OR phone IS NOT NULL OR role = 'jobseeker');
DROP POLICY IF EXISTS lead ON users;
DROP FUNCTION rls.leads(uuid);
DROP FUNCTION rls.trail_names(uuid[]), rls.trail_find(text);
REVOKE SELECT (reference) ON vacancies, organisations FROM baara_keeper;
DROP INDEX audit_entries_refused;
DROP TABLE audit_checks, exports;
DROP SEQUENCE export_reference;
