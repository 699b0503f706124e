-- +goose Up
-- Whom employers are shown by pseudonym, counted by day; and complaints about
-- vacancies and their employers.
CREATE TABLE candidate_views (
  organisation_id uuid NOT NULL REFERENCES organisations(id) ON DELETE CASCADE,
  day             date NOT NULL,
  person_id       uuid NOT NULL REFERENCES persons(id) ON DELETE CASCADE,
  first_at        timestamptz NOT NULL,
  PRIMARY KEY (organisation_id, day, person_id)
);
CREATE INDEX candidate_views_person ON candidate_views(person_id);
-- One row an organisation and day. Its lock makes two requests count one after
-- the other; its times are the alerts.
CREATE TABLE view_days (
  id              uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisations(id) ON DELETE CASCADE,
  day             date NOT NULL,
  shown           integer NOT NULL DEFAULT 0 CHECK (shown >= 0),
  alerted_at      timestamptz,
  stopped_at      timestamptz,
  noted_by        uuid REFERENCES users(id),
  noted_at        timestamptz,
  UNIQUE (organisation_id, day),
  CHECK ((noted_by IS NULL) = (noted_at IS NULL))
);
CREATE INDEX view_days_noted_by ON view_days(noted_by);
CREATE INDEX view_days_alerts ON view_days(organisation_id, day) WHERE alerted_at IS NOT NULL AND noted_at IS NULL;
-- More than the usual number, for one organisation and a while.
CREATE TABLE view_allowances (
  id              uuid PRIMARY KEY,
  organisation_id uuid NOT NULL REFERENCES organisations(id) ON DELETE CASCADE,
  daily           integer NOT NULL CHECK (daily BETWEEN 1 AND 10000),
  reason          text NOT NULL CHECK (reason <> ''),
  until           date NOT NULL,
  given_by        uuid NOT NULL REFERENCES users(id),
  given_at        timestamptz NOT NULL
);
CREATE INDEX view_allowances_organisation ON view_allowances(organisation_id, until);
CREATE INDEX view_allowances_given_by ON view_allowances(given_by);

-- "stops": while the complaint is open its vacancy is hidden and its employer
-- sees nobody.
CREATE TABLE complaints (
  id              uuid PRIMARY KEY,
  vacancy_id      uuid NOT NULL REFERENCES vacancies(id),
  organisation_id uuid REFERENCES organisations(id),
  agency_id       uuid NOT NULL REFERENCES agencies(id),
  person_id       uuid REFERENCES persons(id) ON DELETE SET NULL,
  made_by         uuid NOT NULL REFERENCES users(id),
  kind            text NOT NULL CHECK (kind IN ('money','other_work','papers','violence','harassment','pay','other')),
  words           text NOT NULL DEFAULT '' CHECK (char_length(words) <= 20000),
  call            boolean NOT NULL DEFAULT false,
  state           text NOT NULL CHECK (state IN ('open','unfounded','founded')),
  stops           boolean NOT NULL,
  reason          text NOT NULL DEFAULT '',
  decided_by      uuid REFERENCES users(id),
  decided_at      timestamptz,
  created_at      timestamptz NOT NULL,
  updated_at      timestamptz NOT NULL,
  version         integer NOT NULL DEFAULT 1,
  CHECK (state = 'open' OR (reason <> '' AND decided_by IS NOT NULL AND decided_at IS NOT NULL))
);
CREATE UNIQUE INDEX complaints_person_vacancy ON complaints(vacancy_id, person_id) WHERE person_id IS NOT NULL;
CREATE INDEX complaints_organisation ON complaints(organisation_id) WHERE state = 'open';
CREATE INDEX complaints_agency ON complaints(agency_id, state, id);
CREATE INDEX complaints_person ON complaints(person_id);
CREATE INDEX complaints_made_by ON complaints(made_by);
CREATE INDEX complaints_decided_by ON complaints(decided_by);
CREATE TABLE complaint_history (
  id         uuid PRIMARY KEY,
  record_id  uuid NOT NULL REFERENCES complaints(id) ON DELETE CASCADE,
  transition text NOT NULL,
  from_state text NOT NULL,
  to_state   text NOT NULL,
  actor_id   uuid REFERENCES users(id),
  actor_role text NOT NULL,
  reason     text NOT NULL DEFAULT '',
  at         timestamptz NOT NULL
);
CREATE INDEX complaint_history_record ON complaint_history(record_id, at);
CREATE INDEX complaint_history_actor ON complaint_history(actor_id, at);

-- Who was shown to whom is Baara's own to write and to read. Staff read the
-- days and note that they looked; nobody but they and the person reads a
-- complaint, and no employer.
REVOKE ALL ON candidate_views FROM baara_app;
REVOKE INSERT, UPDATE, DELETE ON view_days FROM baara_app;
GRANT UPDATE (noted_by, noted_at) ON view_days TO baara_app;
REVOKE UPDATE, DELETE ON view_allowances FROM baara_app;
REVOKE DELETE ON complaints FROM baara_app;
REVOKE UPDATE, DELETE ON complaint_history FROM baara_app, baara_system;
GRANT SELECT (id, vacancy_id, organisation_id, state, stops) ON complaints TO baara_keeper;
GRANT SELECT (id, agency_id) ON organisations TO baara_keeper;

-- +goose StatementBegin
-- An open complaint that stops holds the employer back from people.
CREATE FUNCTION rls.stopped(o uuid) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  RETURN EXISTS (SELECT 1 FROM complaints c WHERE c.organisation_id = o AND c.state = 'open' AND c.stops);
END $$;

-- A vacancy that may not become public: a complaint is open, or was founded.
CREATE FUNCTION rls.complained(v uuid) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  RETURN EXISTS (SELECT 1 FROM complaints c WHERE c.vacancy_id = v AND (c.state = 'open' AND c.stops OR c.state = 'founded'));
END $$;

-- The organisation is looked after by the actor's agency.
CREATE FUNCTION rls.looks_after(o uuid) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  RETURN EXISTS (SELECT 1 FROM organisations x WHERE x.id = o AND x.agency_id = rls.desk_agency());
END $$;

-- The verified organisation the actor acts for, unless a complaint stops it: no
-- other may know people.
CREATE OR REPLACE FUNCTION rls.employer() RETURNS uuid LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF rls.role() = 'employer' THEN
    RETURN (SELECT o.id FROM organisations o WHERE o.id = rls.organisation_id() AND o.verification = 'verified' AND NOT rls.stopped(o.id));
  END IF;
  RETURN NULL;
END $$;

DO $$
DECLARE
  one text;
BEGIN
  FOREACH one IN ARRAY ARRAY['candidate_views', 'view_days', 'view_allowances', 'complaints', 'complaint_history'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', one);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', one);
    EXECUTE format('CREATE POLICY system ON %I TO baara_system USING (true) WITH CHECK (true)', one);
  END LOOP;
END $$;
-- +goose StatementEnd
CREATE POLICY keeper ON complaints FOR SELECT TO baara_keeper USING (true);
CREATE POLICY read ON view_days FOR SELECT TO baara_app USING (rls.looks_after(organisation_id));
CREATE POLICY note ON view_days FOR UPDATE TO baara_app USING (rls.looks_after(organisation_id)) WITH CHECK (noted_by = (SELECT rls.desk_user()));
CREATE POLICY read ON view_allowances FOR SELECT TO baara_app USING (rls.looks_after(organisation_id));
CREATE POLICY add ON view_allowances FOR INSERT TO baara_app WITH CHECK (
  (SELECT rls.role()) = 'lead' AND given_by = (SELECT rls.user_id()) AND rls.looks_after(organisation_id));
CREATE POLICY read ON complaints FOR SELECT TO baara_app USING (
  agency_id = (SELECT rls.desk_agency()) OR made_by = (SELECT rls.desk_user()) OR person_id = (SELECT rls.self()));
CREATE POLICY add ON complaints FOR INSERT TO baara_app WITH CHECK (state = 'open' AND made_by = (SELECT rls.user_id()) AND CASE (SELECT rls.role())
  WHEN 'jobseeker' THEN person_id = (SELECT rls.person_id()) WHEN 'counsellor' THEN true WHEN 'lead' THEN true ELSE false END);
CREATE POLICY change ON complaints FOR UPDATE TO baara_app USING (
  agency_id = (SELECT rls.desk_agency()) OR made_by = (SELECT rls.desk_user()) OR person_id = (SELECT rls.self()))
  WITH CHECK (state = 'open' OR agency_id = (SELECT rls.desk_agency()));
CREATE POLICY read ON complaint_history FOR SELECT TO baara_app USING (EXISTS (SELECT 1 FROM complaints c WHERE c.id = record_id));
CREATE POLICY add ON complaint_history FOR INSERT TO baara_app WITH CHECK (
  actor_id = (SELECT rls.user_id()) AND actor_role = (SELECT rls.role()) AND EXISTS (SELECT 1 FROM complaints c WHERE c.id = record_id));

GRANT CREATE ON SCHEMA public, rls TO baara_keeper;
-- How an employer stands now: "stopped" beside the stored words. Everybody who
-- joins this view learns of a complaint as of a verification.
CREATE OR REPLACE VIEW employer_names AS SELECT id, legal_name, trade_name, folded,
  CASE WHEN verification = 'verified' AND rls.stopped(id) THEN 'stopped' ELSE verification END AS verification FROM organisations;
ALTER FUNCTION rls.stopped(uuid) OWNER TO baara_keeper;
ALTER FUNCTION rls.complained(uuid) OWNER TO baara_keeper;
ALTER FUNCTION rls.looks_after(uuid) OWNER TO baara_keeper;
REVOKE CREATE ON SCHEMA public, rls FROM baara_keeper;
REVOKE ALL ON FUNCTION rls.stopped(uuid), rls.complained(uuid), rls.looks_after(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION rls.stopped(uuid), rls.complained(uuid), rls.looks_after(uuid) TO baara_app, baara_system, baara_keeper;

-- +goose Down
CREATE OR REPLACE VIEW employer_names AS SELECT id, legal_name, trade_name, folded, verification FROM organisations;
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION rls.employer() RETURNS uuid LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF rls.role() = 'employer' THEN
    RETURN (SELECT o.id FROM organisations o WHERE o.id = rls.organisation_id() AND o.verification = 'verified');
  END IF;
  RETURN NULL;
END $$;
-- +goose StatementEnd
DROP TABLE complaint_history, complaints, view_allowances, view_days, candidate_views;
DROP FUNCTION rls.stopped(uuid), rls.complained(uuid), rls.looks_after(uuid);
