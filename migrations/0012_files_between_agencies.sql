-- +goose Up
-- Who may reach a case file besides its agency: transfers, which move it once
-- accepted, openings in an emergency, and shares that end early. See
-- docs/decisions/0012-files-between-agencies.md.
CREATE TABLE transfers (
  id             uuid PRIMARY KEY,
  person_id      uuid NOT NULL REFERENCES persons(id) ON DELETE CASCADE,
  from_agency_id uuid NOT NULL REFERENCES agencies(id),
  to_agency_id   uuid NOT NULL REFERENCES agencies(id),
  offered        boolean NOT NULL,
  state          text NOT NULL CHECK (state IN ('asked','offered','accepted','declined','withdrawn','lapsed')),
  reason         text NOT NULL CHECK (reason <> ''),
  opened_by      uuid NOT NULL REFERENCES users(id),
  opened_at      timestamptz NOT NULL,
  lapses_at      timestamptz NOT NULL,
  decided_by     uuid REFERENCES users(id),
  decided_at     timestamptz,
  answer         text NOT NULL DEFAULT '',
  version        integer NOT NULL DEFAULT 1,
  CHECK (from_agency_id <> to_agency_id),
  CHECK (opened_at < lapses_at),
  CHECK ((state IN ('asked','offered')) = (decided_at IS NULL)),
  CHECK (decided_by IS NOT NULL OR state IN ('asked','offered','lapsed')),
  CHECK (CASE state WHEN 'asked' THEN NOT offered WHEN 'offered' THEN offered ELSE true END)
);
-- An agency asks once, or is offered a file once, at a time.
CREATE UNIQUE INDEX transfers_live ON transfers(person_id, to_agency_id) WHERE state IN ('asked','offered');
CREATE INDEX transfers_from ON transfers(from_agency_id, opened_at);
CREATE INDEX transfers_to ON transfers(to_agency_id, opened_at);
CREATE INDEX transfers_opened_by ON transfers(opened_by);
CREATE INDEX transfers_decided_by ON transfers(decided_by);
CREATE INDEX transfers_due ON transfers(lapses_at) WHERE state IN ('asked','offered');
CREATE TABLE transfer_history (
  id         uuid PRIMARY KEY,
  record_id  uuid NOT NULL REFERENCES transfers(id) ON DELETE CASCADE,
  transition text NOT NULL,
  from_state text NOT NULL,
  to_state   text NOT NULL,
  actor_id   uuid REFERENCES users(id),
  actor_role text NOT NULL,
  reason     text NOT NULL DEFAULT '',
  at         timestamptz NOT NULL
);
CREATE INDEX transfer_history_record ON transfer_history(record_id, at);
CREATE INDEX transfer_history_actor ON transfer_history(actor_id);

-- An opening lets one member of staff read what another agency holds of one
-- person, for two hours at most. It is never rewritten, only ended.
CREATE TABLE emergencies (
  id              uuid PRIMARY KEY,
  person_id       uuid NOT NULL REFERENCES persons(id) ON DELETE CASCADE,
  user_id         uuid NOT NULL REFERENCES users(id),
  agency_id       uuid NOT NULL REFERENCES agencies(id),
  owner_agency_id uuid NOT NULL REFERENCES agencies(id),
  kind            text NOT NULL CHECK (kind IN ('danger','missing','child')),
  reason          text NOT NULL CHECK (reason <> ''),
  opened_at       timestamptz NOT NULL,
  until           timestamptz NOT NULL,
  ended_at        timestamptz,
  ended_by        uuid REFERENCES users(id),
  version         integer NOT NULL DEFAULT 1,
  CHECK (agency_id <> owner_agency_id),
  CHECK (opened_at < until AND until <= opened_at + interval '2 hours'),
  CHECK ((ended_at IS NULL) = (ended_by IS NULL))
);
CREATE INDEX emergencies_person ON emergencies(person_id);
CREATE INDEX emergencies_user ON emergencies(user_id, until);
CREATE INDEX emergencies_agency ON emergencies(agency_id, opened_at);
CREATE INDEX emergencies_owner ON emergencies(owner_agency_id, opened_at);
CREATE INDEX emergencies_ended_by ON emergencies(ended_by);
CREATE TABLE emergency_seen (
  emergency_id uuid NOT NULL REFERENCES emergencies(id) ON DELETE CASCADE,
  user_id    uuid NOT NULL REFERENCES users(id),
  at         timestamptz NOT NULL,
  PRIMARY KEY (emergency_id, user_id)
);
CREATE INDEX emergency_seen_user ON emergency_seen(user_id);

-- When a file last changed agencies: notes for author and lead from before are
-- not the new lead's.
ALTER TABLE case_files ADD COLUMN moved_at timestamptz;
ALTER TABLE case_shares ADD COLUMN ended_by uuid REFERENCES users(id);
CREATE INDEX case_shares_ended_by ON case_shares(ended_by);

REVOKE UPDATE, DELETE ON transfer_history, emergency_seen FROM baara_app, baara_system;
REVOKE UPDATE, DELETE ON transfers, emergencies FROM baara_app;
GRANT UPDATE (state, decided_by, decided_at, answer, version) ON transfers TO baara_app;
GRANT UPDATE (ended_at, ended_by, version) ON emergencies TO baara_app;
REVOKE UPDATE ON case_shares FROM baara_app;
GRANT UPDATE (until, ended_by) ON case_shares TO baara_app;

-- Small sets, asked once a statement: people the actor opened in an emergency,
-- and people whose transfer the actor accepted in this very transaction.
-- +goose StatementBegin
CREATE FUNCTION rls.opened_people() RETURNS uuid[] LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  RETURN ARRAY(SELECT o.person_id FROM emergencies o
    WHERE o.user_id = rls.desk_user() AND o.ended_at IS NULL AND o.opened_at <= now() AND now() < o.until);
END $$;

CREATE FUNCTION rls.moved_people() RETURNS uuid[] LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF pg_current_xact_id_if_assigned() IS NULL THEN
    RETURN '{}';
  END IF;
  RETURN ARRAY(SELECT t.person_id FROM transfers t WHERE t.decided_by = rls.desk_user() AND t.state = 'accepted'
    AND t.xmin = pg_current_xact_id_if_assigned()::xid);
END $$;

-- Who opened people in an emergency, for the policy: identifiers alone.
CREATE FUNCTION rls.emergencies(ids uuid[]) RETURNS TABLE (person_id uuid, users uuid[])
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF rls.role() IS NULL THEN
    RETURN;
  END IF;
  RETURN QUERY SELECT o.person_id, array_agg(o.user_id) FROM emergencies o
    WHERE o.person_id = ANY(ids) AND o.ended_at IS NULL AND o.opened_at <= now() AND now() < o.until GROUP BY o.person_id;
END $$;

CREATE FUNCTION rls.agency_of(p uuid) RETURNS uuid LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  RETURN (SELECT r.agency_id FROM registrations r WHERE r.person_id = p);
END $$;

CREATE FUNCTION rls.transfer_state(t uuid) RETURNS text LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  RETURN (SELECT x.state FROM transfers x WHERE x.id = t);
END $$;

-- Who answers for what an agency holds of somebody: the referent, the lead.
CREATE FUNCTION rls.answers_for(p uuid, agency uuid) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  RETURN coalesce(rls.role() = 'lead' AND agency = rls.agency_id(), false) OR rls.owns_file_of(p);
END $$;

DO $$
DECLARE
  one text;
BEGIN
  FOREACH one IN ARRAY ARRAY['transfers', 'transfer_history', 'emergencies', 'emergency_seen'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', one);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', one);
    EXECUTE format('CREATE POLICY system ON %I TO baara_system USING (true) WITH CHECK (true)', one);
  END LOOP;
  FOREACH one IN ARRAY ARRAY['transfers', 'emergencies'] LOOP
    EXECUTE format('CREATE POLICY keeper ON %I FOR SELECT TO baara_keeper USING (true)', one);
  END LOOP;
  -- In an emergency: the record, where the person has been, the registration.
  FOREACH one IN ARRAY ARRAY['person_aliases', 'person_phones', 'person_name_keys', 'educations', 'experiences', 'person_skills',
    'person_languages', 'person_licences', 'person_mobility', 'person_wishes', 'migration_episodes', 'displacements', 'consents',
    'registrations', 'case_files'] LOOP
    EXECUTE format('CREATE POLICY emergency ON %I FOR SELECT TO baara_app USING (person_id = ANY ((SELECT rls.opened_people())::uuid[]))', one);
  END LOOP;
  -- What may be read and not changed is told no by the policy, which must see it to say so.
  FOREACH one IN ARRAY ARRAY['consents', 'registrations', 'case_files'] LOOP
    EXECUTE format('CREATE POLICY emergency_no ON %I FOR UPDATE TO baara_app USING (person_id = ANY ((SELECT rls.opened_people())::uuid[])) WITH CHECK (false)', one);
  END LOOP;
  -- A transfer that was accepted moves these, whoever accepted it.
  FOREACH one IN ARRAY ARRAY['registrations', 'case_files', 'applications', 'placements'] LOOP
    EXECUTE format('CREATE POLICY moved ON %I FOR SELECT TO baara_app USING (person_id = ANY ((SELECT rls.moved_people())::uuid[]))', one);
    EXECUTE format('CREATE POLICY move ON %I FOR UPDATE TO baara_app USING (person_id = ANY ((SELECT rls.moved_people())::uuid[]))', one);
  END LOOP;
END $$;
-- +goose StatementEnd

CREATE POLICY emergency ON persons FOR SELECT TO baara_app USING (id = ANY ((SELECT rls.opened_people())::uuid[]));
CREATE POLICY emergency_no ON persons FOR UPDATE TO baara_app USING (id = ANY ((SELECT rls.opened_people())::uuid[])) WITH CHECK (false);
-- History and notes everybody on the file reads; plan, needs and shares follow the file.
CREATE POLICY emergency ON case_history FOR SELECT TO baara_app USING (EXISTS (
  SELECT 1 FROM case_files f WHERE f.id = record_id AND f.person_id = ANY ((SELECT rls.opened_people())::uuid[])));
CREATE POLICY emergency ON notes FOR SELECT TO baara_app USING (visibility = 'file' AND EXISTS (
  SELECT 1 FROM case_files f WHERE f.id = case_id AND f.person_id = ANY ((SELECT rls.opened_people())::uuid[])));
ALTER POLICY read ON notes USING ((SELECT rls.desk()) AND (author_id = (SELECT rls.user_id()) OR CASE visibility
  WHEN 'file' THEN rls.sees_case(case_id) WHEN 'team' THEN rls.works_case(case_id)
  ELSE (SELECT rls.role()) = 'lead' AND EXISTS (SELECT 1 FROM case_files f WHERE f.id = case_id AND f.agency_id = (SELECT rls.agency_id())
    AND (f.moved_at IS NULL OR f.moved_at <= notes.at)) END));
CREATE POLICY move ON case_history FOR INSERT TO baara_app WITH CHECK (
  actor_id = (SELECT rls.user_id()) AND actor_role = (SELECT rls.role()) AND EXISTS (
    SELECT 1 FROM case_files f WHERE f.id = record_id AND f.person_id = ANY ((SELECT rls.moved_people())::uuid[])));

-- Shares end by who gave them, the referent or the lead, and with a transfer.
CREATE POLICY change ON case_shares FOR UPDATE TO baara_app USING (
    shared_by = (SELECT rls.user_id()) OR rls.works_case(case_id)
    OR EXISTS (SELECT 1 FROM case_files f WHERE f.id = case_id AND f.person_id = ANY ((SELECT rls.moved_people())::uuid[])))
  WITH CHECK (ended_by = (SELECT rls.user_id()));

-- Transfers show to both agencies and to the referent; who may answer is the
-- policy's, who may accept the database's too, for it moves a file.
CREATE POLICY read ON transfers FOR SELECT TO baara_app USING ((SELECT rls.desk_agency()) IN (from_agency_id, to_agency_id)
  OR person_id = ANY ((SELECT rls.own_people())::uuid[]) OR person_id = ANY ((SELECT rls.moved_people())::uuid[]));
CREATE POLICY add ON transfers FOR INSERT TO baara_app WITH CHECK (opened_by = (SELECT rls.desk_user()) AND from_agency_id = rls.agency_of(person_id)
  AND CASE state WHEN 'asked' THEN to_agency_id = (SELECT rls.desk_agency()) WHEN 'offered' THEN rls.answers_for(person_id, from_agency_id) ELSE false END);
CREATE POLICY change ON transfers FOR UPDATE TO baara_app USING ((SELECT rls.desk_agency()) IN (from_agency_id, to_agency_id)
    OR person_id = ANY ((SELECT rls.own_people())::uuid[]) OR person_id = ANY ((SELECT rls.moved_people())::uuid[]))
  WITH CHECK (CASE state
    WHEN 'accepted' THEN decided_by = (SELECT rls.desk_user()) AND from_agency_id = rls.agency_of(person_id)
      AND CASE rls.transfer_state(id) WHEN 'asked' THEN rls.answers_for(person_id, from_agency_id)
        WHEN 'offered' THEN to_agency_id = (SELECT rls.desk_agency()) ELSE false END
    WHEN 'lapsed' THEN person_id = ANY ((SELECT rls.moved_people())::uuid[])
    ELSE state IN ('declined', 'withdrawn') AND decided_by = (SELECT rls.desk_user()) END);
CREATE POLICY read ON transfer_history FOR SELECT TO baara_app USING (EXISTS (SELECT 1 FROM transfers t WHERE t.id = record_id));
CREATE POLICY add ON transfer_history FOR INSERT TO baara_app WITH CHECK (actor_id = (SELECT rls.user_id()) AND actor_role = (SELECT rls.role())
  AND EXISTS (SELECT 1 FROM transfers t WHERE t.id = record_id));

-- Openings show to who opened and to the leads of both agencies.
CREATE POLICY read ON emergencies FOR SELECT TO baara_app USING (user_id = (SELECT rls.desk_user())
  OR (SELECT rls.role()) = 'lead' AND (SELECT rls.desk_agency()) IN (agency_id, owner_agency_id));
CREATE POLICY add ON emergencies FOR INSERT TO baara_app WITH CHECK (user_id = (SELECT rls.desk_user()) AND agency_id = (SELECT rls.desk_agency())
  AND owner_agency_id = rls.agency_of(person_id) AND ended_at IS NULL);
CREATE POLICY change ON emergencies FOR UPDATE TO baara_app USING (user_id = (SELECT rls.desk_user())
    OR (SELECT rls.role()) = 'lead' AND (SELECT rls.desk_agency()) IN (agency_id, owner_agency_id))
  WITH CHECK (ended_by = (SELECT rls.desk_user()));
CREATE POLICY read ON emergency_seen FOR SELECT TO baara_app USING (EXISTS (SELECT 1 FROM emergencies o WHERE o.id = emergency_id));
CREATE POLICY add ON emergency_seen FOR INSERT TO baara_app WITH CHECK (user_id = (SELECT rls.desk_user()) AND (SELECT rls.role()) = 'lead'
  AND EXISTS (SELECT 1 FROM emergencies o WHERE o.id = emergency_id));

GRANT SELECT (id, xmin, person_id, state, decided_by) ON transfers TO baara_keeper;
GRANT SELECT (person_id, user_id, opened_at, until, ended_at) ON emergencies TO baara_keeper;
GRANT CREATE ON SCHEMA rls TO baara_keeper;
-- +goose StatementBegin
DO $$
DECLARE
  one regprocedure;
BEGIN
  FOREACH one IN ARRAY ARRAY['rls.opened_people()', 'rls.moved_people()', 'rls.emergencies(uuid[])', 'rls.agency_of(uuid)', 'rls.transfer_state(uuid)',
    'rls.answers_for(uuid, uuid)']::regprocedure[] LOOP
    EXECUTE format('ALTER FUNCTION %s OWNER TO baara_keeper', one);
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', one);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO baara_app, baara_system', one);
  END LOOP;
END $$;
-- +goose StatementEnd
REVOKE CREATE ON SCHEMA rls FROM baara_keeper;

-- +goose Down
-- +goose StatementBegin
DO $$
DECLARE
  one record;
BEGIN
  FOR one IN SELECT tablename, policyname FROM pg_policies WHERE schemaname = 'public' AND policyname IN ('emergency', 'emergency_no', 'moved', 'move') LOOP
    EXECUTE format('DROP POLICY %I ON %I', one.policyname, one.tablename);
  END LOOP;
END $$;
-- +goose StatementEnd
ALTER POLICY read ON notes USING ((SELECT rls.desk()) AND (author_id = (SELECT rls.user_id()) OR CASE visibility
  WHEN 'file' THEN rls.sees_case(case_id) WHEN 'team' THEN rls.works_case(case_id)
  ELSE (SELECT rls.role()) = 'lead' AND EXISTS (SELECT 1 FROM case_files f WHERE f.id = case_id AND f.agency_id = (SELECT rls.agency_id())) END));
DROP POLICY change ON case_shares;
REVOKE UPDATE ON case_shares FROM baara_app;
GRANT UPDATE ON case_shares TO baara_app;
ALTER TABLE case_shares DROP COLUMN ended_by;
ALTER TABLE case_files DROP COLUMN moved_at;
DROP TABLE emergency_seen, emergencies, transfer_history, transfers;
DROP FUNCTION rls.opened_people(), rls.moved_people(), rls.emergencies(uuid[]), rls.agency_of(uuid), rls.transfer_state(uuid), rls.answers_for(uuid, uuid);
