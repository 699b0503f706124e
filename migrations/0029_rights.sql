-- +goose Up
-- What people may ask about their data, what came of it, and what is left of
-- somebody who was erased. See docs/privacy.md.
CREATE SEQUENCE rights_request_reference;
CREATE TABLE rights_requests (
  id          uuid PRIMARY KEY,
  reference   text NOT NULL UNIQUE,
  kind        text NOT NULL CHECK (kind IN ('access','rectification','objection','erasure')),
  purpose     text NOT NULL DEFAULT '' CHECK (purpose IN ('','statistics','matching','sharing','follow_up','messages')),
  words       text NOT NULL DEFAULT '' CHECK (char_length(words) <= 4000),
  person_id   uuid REFERENCES persons(id) ON DELETE SET NULL, -- nobody once erased
  agency_id   uuid NOT NULL REFERENCES agencies(id),
  mode        text NOT NULL CHECK (mode IN ('self','counter')),
  made_by     uuid REFERENCES users(id) ON DELETE SET NULL,
  state       text NOT NULL CHECK (state IN ('received','in_progress','confirmed','done','refused','withdrawn')),
  reason      text NOT NULL DEFAULT '' CHECK (char_length(reason) <= 2000),
  due_on      date NOT NULL,
  waits_until timestamptz, -- an erasure asked for from an account: nothing is removed before
  decided_by  uuid REFERENCES users(id) ON DELETE SET NULL,
  decided_at  timestamptz,
  created_at  timestamptz NOT NULL,
  updated_at  timestamptz NOT NULL,
  version     integer NOT NULL DEFAULT 1,
  CHECK ((kind = 'objection') = (purpose <> '')),
  CHECK (state <> 'refused' OR reason <> ''),
  CHECK (state <> 'confirmed' OR kind = 'erasure')
);
CREATE UNIQUE INDEX rights_requests_open ON rights_requests(person_id, kind, purpose) WHERE state IN ('received','in_progress','confirmed');
CREATE INDEX rights_requests_person ON rights_requests(person_id);
CREATE INDEX rights_requests_agency ON rights_requests(agency_id, state, due_on);
CREATE INDEX rights_requests_state ON rights_requests(state, due_on);
CREATE INDEX rights_requests_made_by ON rights_requests(made_by);
CREATE INDEX rights_requests_decided_by ON rights_requests(decided_by);
CREATE TABLE rights_request_history (
  id         uuid PRIMARY KEY,
  record_id  uuid NOT NULL REFERENCES rights_requests(id) ON DELETE CASCADE,
  transition text NOT NULL,
  from_state text NOT NULL,
  to_state   text NOT NULL,
  actor_id   uuid REFERENCES users(id) ON DELETE SET NULL,
  actor_role text NOT NULL,
  reason     text NOT NULL DEFAULT '',
  at         timestamptz NOT NULL
);
CREATE INDEX rights_request_history_record ON rights_request_history(record_id, at);
CREATE INDEX rights_request_history_actor ON rights_request_history(actor_id);

-- Who objects to what: statistics leave these people out.
CREATE TABLE objections (
  person_id  uuid NOT NULL REFERENCES persons(id) ON DELETE CASCADE,
  purpose    text NOT NULL CHECK (purpose = 'statistics'),
  request_id uuid NOT NULL REFERENCES rights_requests(id),
  since      timestamptz NOT NULL,
  PRIMARY KEY (person_id, purpose)
);
CREATE INDEX objections_request ON objections(request_id);

-- Why somebody's data must stay for now. A live hold is a reference that
-- deleting the person meets: even a mistake of the program is refused.
CREATE TABLE legal_holds (
  id        uuid PRIMARY KEY,
  person_id uuid NOT NULL REFERENCES persons(id),
  reason    text NOT NULL CHECK (reason <> '' AND char_length(reason) <= 500),
  placed_by uuid NOT NULL REFERENCES users(id),
  placed_at timestamptz NOT NULL,
  lifted_by uuid REFERENCES users(id),
  lifted_at timestamptz,
  CHECK ((lifted_by IS NULL) = (lifted_at IS NULL))
);
CREATE UNIQUE INDEX legal_holds_live ON legal_holds(person_id) WHERE lifted_at IS NULL;
CREATE INDEX legal_holds_person ON legal_holds(person_id);
CREATE INDEX legal_holds_placed_by ON legal_holds(placed_by);
CREATE INDEX legal_holds_lifted_by ON legal_holds(lifted_by);

-- What statistics keep of somebody erased: states, months and agencies. One
-- random number ties what was one person's; it is written nowhere else.
CREATE TABLE erased_facts (
  id        uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  subject   uuid NOT NULL,
  kind      text NOT NULL CHECK (kind IN ('registration','case','application','placement')),
  agency_id uuid REFERENCES agencies(id),
  state     text NOT NULL,
  detail    text NOT NULL DEFAULT '', -- a code: how it closed, the kind of contract, who began it
  isco      text NOT NULL DEFAULT '', -- of the vacancy
  began     date NOT NULL,            -- the first of its month
  ended     date
);
CREATE INDEX erased_facts_subject ON erased_facts(subject);
CREATE INDEX erased_facts_agency ON erased_facts(agency_id, kind, began);

-- Recorded agreements, without which nothing but aggregates leaves the country.
CREATE TABLE transfer_agreements (
  id            uuid PRIMARY KEY,
  recipient     text NOT NULL CHECK (recipient <> '' AND char_length(recipient) <= 200),
  country       text NOT NULL CHECK (country ~ '^[A-Z]{3}$'),
  purpose       text NOT NULL CHECK (purpose <> '' AND char_length(purpose) <= 500),
  data          text NOT NULL CHECK (data <> '' AND char_length(data) <= 500),
  authorisation text NOT NULL CHECK (authorisation <> '' AND char_length(authorisation) <= 100), -- the authority's number
  since         date NOT NULL,
  until         date,
  recorded_by   uuid NOT NULL REFERENCES users(id),
  recorded_at   timestamptz NOT NULL,
  ended_by      uuid REFERENCES users(id),
  ended_at      timestamptz,
  CHECK ((ended_by IS NULL) = (ended_at IS NULL))
);
CREATE INDEX transfer_agreements_recorded_by ON transfer_agreements(recorded_by);
CREATE INDEX transfer_agreements_ended_by ON transfer_agreements(ended_by);

-- What somebody said or took out stays when the account goes, and names nobody.
ALTER TABLE complaints ALTER COLUMN made_by DROP NOT NULL, DROP CONSTRAINT complaints_made_by_fkey,
  ADD CONSTRAINT complaints_made_by_fkey FOREIGN KEY (made_by) REFERENCES users(id) ON DELETE SET NULL;
ALTER TABLE complaint_history DROP CONSTRAINT complaint_history_actor_id_fkey,
  ADD CONSTRAINT complaint_history_actor_id_fkey FOREIGN KEY (actor_id) REFERENCES users(id) ON DELETE SET NULL;
ALTER TABLE exports ALTER COLUMN made_by DROP NOT NULL, DROP CONSTRAINT exports_made_by_fkey,
  ADD CONSTRAINT exports_made_by_fkey FOREIGN KEY (made_by) REFERENCES users(id) ON DELETE SET NULL;
-- A copy of one's own data is an export too, of the person or of who hands it over.
ALTER TABLE exports DROP CONSTRAINT exports_kind_check;
ALTER TABLE exports ADD CONSTRAINT exports_kind_check CHECK (kind IN ('audit','case','account','copy'));
ALTER POLICY add ON exports WITH CHECK (
  made_by = (SELECT rls.user_id()) AND made_role = (SELECT rls.role()) AND CASE kind WHEN 'audit' THEN made_role = 'data_protection'
    WHEN 'case' THEN made_role = 'lead' AND agency_id = (SELECT rls.agency_id())
    WHEN 'copy' THEN made_role IN ('jobseeker', 'counsellor', 'lead') ELSE made_role = 'administrator' END);

REVOKE DELETE ON rights_requests, legal_holds, transfer_agreements FROM baara_app;
REVOKE UPDATE ON objections FROM baara_app;
REVOKE UPDATE, DELETE ON rights_request_history FROM baara_app, baara_system;
REVOKE ALL ON erased_facts FROM baara_app;
REVOKE UPDATE, DELETE ON erased_facts FROM baara_system;

-- +goose StatementBegin
-- A request the very transaction wrote, beside which a step is kept.
CREATE FUNCTION rls.wrote_request(r uuid) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  RETURN EXISTS (SELECT 1 FROM rights_requests x WHERE x.id = r AND x.xmin = pg_current_xact_id_if_assigned()::xid);
END $$;

-- How many notes on somebody's files are not the person's to read, for who may
-- take the copy: that they exist is said, what they say is not.
CREATE FUNCTION rls.notes_withheld(p uuid) RETURNS bigint LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF NOT rls.journey(p, false) THEN
    RETURN 0;
  END IF;
  RETURN (SELECT count(*) FROM notes n JOIN case_files f ON f.id = n.case_id WHERE f.person_id = p AND n.visibility <> 'file');
END $$;

-- Which employers were shown somebody's card, without the name.
CREATE FUNCTION rls.shown_to(p uuid) RETURNS TABLE (day date, employer text) LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF NOT rls.journey(p, false) THEN
    RETURN;
  END IF;
  RETURN QUERY SELECT c.day, coalesce(nullif(o.trade_name, ''), o.legal_name) FROM candidate_views c JOIN organisations o ON o.id = c.organisation_id
    WHERE c.person_id = p ORDER BY c.day, 2;
END $$;

DO $$
DECLARE
  one text;
BEGIN
  FOREACH one IN ARRAY ARRAY['rights_requests', 'rights_request_history', 'objections', 'legal_holds', 'erased_facts', 'transfer_agreements'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', one);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', one);
    EXECUTE format('CREATE POLICY system ON %I TO baara_system USING (true) WITH CHECK (true)', one);
  END LOOP;
END $$;
-- +goose StatementEnd
GRANT SELECT (id, xmin) ON rights_requests TO baara_keeper;
GRANT SELECT (case_id, visibility) ON notes TO baara_keeper;
CREATE POLICY keeper ON rights_requests FOR SELECT TO baara_keeper USING (true);
CREATE POLICY keeper ON notes FOR SELECT TO baara_keeper USING (true);
GRANT SELECT (organisation_id, day, person_id) ON candidate_views TO baara_keeper;
CREATE POLICY keeper ON candidate_views FOR SELECT TO baara_keeper USING (true);

CREATE POLICY read ON rights_requests FOR SELECT TO baara_app USING (person_id = (SELECT rls.self())
  OR agency_id = (SELECT rls.desk_agency()) OR (SELECT rls.role()) = 'data_protection');
CREATE POLICY add ON rights_requests FOR INSERT TO baara_app WITH CHECK (state = 'received' AND made_by = (SELECT rls.user_id())
  AND CASE (SELECT rls.role()) WHEN 'jobseeker' THEN mode = 'self' AND person_id = (SELECT rls.person_id())
    WHEN 'counsellor' THEN mode = 'counter' AND rls.serves(person_id) WHEN 'lead' THEN mode = 'counter' AND rls.serves(person_id) ELSE false END);
-- Who asked takes it back; the desk and the officer answer; that somebody is
-- erased is the lead's to confirm, or the officer's.
CREATE POLICY change ON rights_requests FOR UPDATE TO baara_app USING (person_id = (SELECT rls.self())
  OR agency_id = (SELECT rls.desk_agency()) OR (SELECT rls.role()) = 'data_protection')
  WITH CHECK (CASE (SELECT rls.role()) WHEN 'jobseeker' THEN state = 'withdrawn' AND person_id = (SELECT rls.person_id())
    WHEN 'counsellor' THEN agency_id = (SELECT rls.agency_id()) AND state <> 'confirmed' AND NOT (kind = 'erasure' AND state = 'done')
    WHEN 'lead' THEN agency_id = (SELECT rls.agency_id()) AND NOT (kind = 'erasure' AND state = 'done')
    WHEN 'data_protection' THEN NOT (kind = 'erasure' AND state = 'done') ELSE false END);
CREATE POLICY read ON rights_request_history FOR SELECT TO baara_app USING (EXISTS (SELECT 1 FROM rights_requests r WHERE r.id = record_id));
CREATE POLICY add ON rights_request_history FOR INSERT TO baara_app WITH CHECK (
  actor_id = (SELECT rls.user_id()) AND actor_role = (SELECT rls.role()) AND rls.wrote_request(record_id));
CREATE POLICY read ON objections FOR SELECT TO baara_app USING (rls.reads(person_id) OR (SELECT rls.role()) = 'data_protection');
CREATE POLICY add ON objections FOR INSERT TO baara_app WITH CHECK (rls.serves(person_id) AND rls.wrote_request(request_id));
CREATE POLICY remove ON objections FOR DELETE TO baara_app USING ((rls.serves(person_id) OR (SELECT rls.role()) = 'data_protection')
  AND rls.wrote_request(request_id));
CREATE POLICY officer ON legal_holds TO baara_app USING ((SELECT rls.role()) = 'data_protection') WITH CHECK ((SELECT rls.role()) = 'data_protection'
  AND (SELECT rls.user_id()) = coalesce(lifted_by, placed_by));
CREATE POLICY officer ON transfer_agreements TO baara_app USING ((SELECT rls.role()) = 'data_protection') WITH CHECK ((SELECT rls.role()) = 'data_protection'
  AND (SELECT rls.user_id()) = coalesce(ended_by, recorded_by));

-- What the person learns beside the record: who saw it, what was sent, and the
-- notes everybody on the file reads. The trail shows also to who takes a copy
-- for the person.
CREATE POLICY subject ON audit_entries FOR SELECT TO baara_app USING (person_id IS NOT NULL AND rls.journey(person_id, false));
CREATE POLICY subject ON messages FOR SELECT TO baara_app USING (person_id = (SELECT rls.self()));
CREATE POLICY subject ON notes FOR SELECT TO baara_app USING (visibility = 'file' AND (SELECT rls.self()) IS NOT NULL
  AND EXISTS (SELECT 1 FROM case_files f WHERE f.id = case_id AND f.person_id = (SELECT rls.self())));

GRANT CREATE ON SCHEMA rls TO baara_keeper;
ALTER FUNCTION rls.wrote_request(uuid) OWNER TO baara_keeper;
ALTER FUNCTION rls.notes_withheld(uuid) OWNER TO baara_keeper;
ALTER FUNCTION rls.shown_to(uuid) OWNER TO baara_keeper;
REVOKE CREATE ON SCHEMA rls FROM baara_keeper;
REVOKE ALL ON FUNCTION rls.wrote_request(uuid), rls.notes_withheld(uuid), rls.shown_to(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION rls.wrote_request(uuid), rls.notes_withheld(uuid), rls.shown_to(uuid) TO baara_app, baara_system;

-- +goose Down
DROP POLICY subject ON notes;
DROP POLICY subject ON messages;
DROP POLICY subject ON audit_entries;
DROP POLICY keeper ON candidate_views;
REVOKE SELECT (organisation_id, day, person_id) ON candidate_views FROM baara_keeper;
DROP POLICY keeper ON notes;
REVOKE SELECT (case_id, visibility) ON notes FROM baara_keeper;
DROP TABLE transfer_agreements, erased_facts, legal_holds, objections, rights_request_history, rights_requests;
DROP SEQUENCE rights_request_reference;
DROP FUNCTION rls.wrote_request(uuid), rls.notes_withheld(uuid), rls.shown_to(uuid);
ALTER POLICY add ON exports WITH CHECK (
  made_by = (SELECT rls.user_id()) AND made_role = (SELECT rls.role()) AND CASE kind WHEN 'audit' THEN made_role = 'data_protection'
    WHEN 'case' THEN made_role = 'lead' AND agency_id = (SELECT rls.agency_id()) ELSE made_role = 'administrator' END);
-- Forced rules bind the owner too: without this nothing would be deleted. What
-- names nobody any more cannot stand in the tables as they were.
ALTER TABLE exports NO FORCE ROW LEVEL SECURITY;
DELETE FROM exports WHERE kind = 'copy' OR made_by IS NULL;
ALTER TABLE exports FORCE ROW LEVEL SECURITY;
ALTER TABLE complaints NO FORCE ROW LEVEL SECURITY;
DELETE FROM complaints WHERE made_by IS NULL;
ALTER TABLE complaints FORCE ROW LEVEL SECURITY;
ALTER TABLE exports DROP CONSTRAINT exports_kind_check;
ALTER TABLE exports ADD CONSTRAINT exports_kind_check CHECK (kind IN ('audit','case','account'));
ALTER TABLE exports ALTER COLUMN made_by SET NOT NULL, DROP CONSTRAINT exports_made_by_fkey,
  ADD CONSTRAINT exports_made_by_fkey FOREIGN KEY (made_by) REFERENCES users(id);
ALTER TABLE complaint_history DROP CONSTRAINT complaint_history_actor_id_fkey,
  ADD CONSTRAINT complaint_history_actor_id_fkey FOREIGN KEY (actor_id) REFERENCES users(id);
ALTER TABLE complaints ALTER COLUMN made_by SET NOT NULL, DROP CONSTRAINT complaints_made_by_fkey,
  ADD CONSTRAINT complaints_made_by_fkey FOREIGN KEY (made_by) REFERENCES users(id);
