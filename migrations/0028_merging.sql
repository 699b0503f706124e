-- +goose Up
-- Two files of one person become one, and two again within 30 days. See
-- docs/decisions/0017-merging.md.
CREATE TABLE merges (
  id           uuid PRIMARY KEY,
  survivor_id  uuid NOT NULL REFERENCES persons(id) ON DELETE CASCADE,
  absorbed_id  uuid NOT NULL REFERENCES persons(id) ON DELETE CASCADE,
  agency_id    uuid NOT NULL REFERENCES agencies(id), -- of both, when it was done
  made_by      uuid NOT NULL REFERENCES users(id),
  made_at      timestamptz NOT NULL,
  until        timestamptz NOT NULL, -- it can be undone before
  reason       text NOT NULL DEFAULT '',
  opens        boolean NOT NULL DEFAULT false, -- the absorbed file's account opens the survivor's
  -- The absorbed registration as it was.
  state        text NOT NULL,
  closed_reason text,
  renew_by     date,
  undone_at    timestamptz,
  undone_by    uuid REFERENCES users(id),
  final_at     timestamptz,
  version      integer NOT NULL DEFAULT 1,
  CHECK (survivor_id <> absorbed_id),
  CHECK (made_at < until),
  CHECK ((undone_at IS NULL) = (undone_by IS NULL)),
  CHECK (undone_at IS NULL OR final_at IS NULL)
);
-- A file is absorbed by one other at a time.
CREATE UNIQUE INDEX merges_absorbed ON merges(absorbed_id) WHERE undone_at IS NULL;
CREATE INDEX merges_absorbed_ever ON merges(absorbed_id);
CREATE INDEX merges_survivor ON merges(survivor_id);
CREATE INDEX merges_agency ON merges(agency_id, made_at);
CREATE INDEX merges_made_by ON merges(made_by);
CREATE INDEX merges_undone_by ON merges(undone_by);
CREATE INDEX merges_due ON merges(until) WHERE undone_at IS NULL AND final_at IS NULL;

-- The survivor's record before and right after, to take them apart again. It
-- goes with the undoing or when the merge is final.
CREATE TABLE merge_records (
  merge_id uuid PRIMARY KEY REFERENCES merges(id) ON DELETE CASCADE,
  before   text NOT NULL,
  after    text NOT NULL
);
-- What the absorbed file brought: where each record came from.
CREATE TABLE merge_moves (
  merge_id  uuid NOT NULL REFERENCES merges(id) ON DELETE CASCADE,
  kind      text NOT NULL CHECK (kind IN ('case','application','placement','complaint','document')),
  record_id uuid NOT NULL,
  was       jsonb NOT NULL DEFAULT '{}', -- the stage of a file that was closed because both had a live one
  PRIMARY KEY (merge_id, kind, record_id)
);
CREATE INDEX merge_moves_record ON merge_moves(record_id);
-- Somebody looked: these are two people.
CREATE TABLE not_duplicates (
  one     uuid NOT NULL REFERENCES persons(id) ON DELETE CASCADE,
  other   uuid NOT NULL REFERENCES persons(id) ON DELETE CASCADE,
  made_by uuid NOT NULL REFERENCES users(id),
  made_at timestamptz NOT NULL,
  PRIMARY KEY (one, other),
  CHECK (one < other)
);
CREATE INDEX not_duplicates_other ON not_duplicates(other);
CREATE INDEX not_duplicates_made_by ON not_duplicates(made_by);
REVOKE UPDATE, DELETE ON merges, merge_moves FROM baara_app;
REVOKE INSERT ON merge_moves FROM baara_app;
REVOKE UPDATE ON merge_records, not_duplicates FROM baara_app, baara_system;
REVOKE DELETE ON not_duplicates FROM baara_app;
GRANT UPDATE (undone_at, undone_by, version) ON merges TO baara_app;
GRANT UPDATE (final_at, version) ON merges TO baara_system;

-- +goose StatementBegin
CREATE FUNCTION rls.merged(p uuid) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  RETURN EXISTS (SELECT 1 FROM merges m WHERE m.absorbed_id = p AND m.undone_at IS NULL);
END $$;

-- Whose file stands for whom now, for everybody: identifiers alone. Files that
-- stand for themselves are left out.
CREATE FUNCTION rls.survivors(ids uuid[]) RETURNS TABLE (id uuid, survivor uuid)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  RETURN QUERY WITH RECURSIVE chain(id, survivor, depth) AS (
      SELECT m.absorbed_id, m.survivor_id, 1 FROM merges m WHERE m.absorbed_id = ANY(ids) AND m.undone_at IS NULL
      UNION ALL SELECT c.id, m.survivor_id, c.depth + 1 FROM chain c JOIN merges m ON m.absorbed_id = c.survivor AND m.undone_at IS NULL
        WHERE c.depth < 100
    ) SELECT DISTINCT ON (c.id) c.id, c.survivor FROM chain c ORDER BY c.id, c.depth DESC;
END $$;

-- Whose file an account opens: another one than its own where files were merged
-- and somebody who knew the person said so, at every link.
CREATE FUNCTION rls.opens(p uuid) RETURNS uuid LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  at uuid := p;
  next uuid;
BEGIN
  FOR step IN 1..100 LOOP
    SELECT m.survivor_id INTO next FROM merges m WHERE m.absorbed_id = at AND m.undone_at IS NULL AND m.opens;
    IF next IS NULL THEN
      RETURN at;
    END IF;
    at := next;
  END LOOP;
  RETURN at;
END $$;

-- Somebody whose file this very transaction merges, or takes apart.
CREATE FUNCTION rls.merging(p uuid) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  RETURN coalesce(rls.role() = 'lead', false) AND EXISTS (SELECT 1 FROM merges m
    WHERE m.survivor_id = p AND m.xmin = pg_current_xact_id_if_assigned()::xid);
END $$;

-- Why two files cannot be merged now: both live in an application for the same
-- vacancy; a transfer of either waits for an answer.
CREATE FUNCTION rls.merge_obstacles(a uuid, b uuid) RETURNS TABLE (kind text, reference text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  RETURN QUERY SELECT 'application', v.reference FROM applications x JOIN applications y ON y.vacancy_id = x.vacancy_id AND y.person_id = b
      JOIN vacancies v ON v.id = x.vacancy_id
      WHERE x.person_id = a AND x.state NOT IN ('declined','expired','refused','withdrawn','unanswered','obsolete') AND y.state NOT IN ('declined','expired','refused','withdrawn','unanswered','obsolete')
    UNION ALL SELECT 'transfer', p.reference FROM transfers t JOIN persons p ON p.id = t.person_id
      WHERE t.person_id IN (a, b) AND t.state IN ('asked', 'offered');
END $$;

-- Moves what hangs on the absorbed file to the survivor's, of any agency, and
-- notes it. Where both have a live file, the absorbed one's is closed.
CREATE FUNCTION rls.merge(m uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  it record;
  live boolean;
BEGIN
  SELECT * INTO STRICT it FROM merges x WHERE x.id = m AND x.xmin = pg_current_xact_id()::xid AND x.undone_at IS NULL;
  live := EXISTS (SELECT 1 FROM case_files c WHERE c.person_id = it.survivor_id AND c.stage <> 'closed');
  INSERT INTO merge_moves (merge_id, kind, record_id, was)
    SELECT m, 'case', c.id, CASE WHEN live AND c.stage <> 'closed' THEN jsonb_build_object('stage', c.stage, 'from', c.suspended_from,
      'until', c.suspended_until, 'version', c.version + 1) ELSE '{}' END FROM case_files c WHERE c.person_id = it.absorbed_id
    UNION ALL SELECT m, 'application', a.id, '{}' FROM applications a WHERE a.person_id = it.absorbed_id
    UNION ALL SELECT m, 'placement', l.id, '{}' FROM placements l WHERE l.person_id = it.absorbed_id
    UNION ALL SELECT m, 'complaint', q.id, '{}' FROM complaints q WHERE q.person_id = it.absorbed_id
    UNION ALL SELECT m, 'document', d.id, '{}' FROM documents d WHERE d.person_id = it.absorbed_id;
  INSERT INTO case_history (id, record_id, transition, from_state, to_state, actor_id, actor_role, reason, at)
    SELECT gen_random_uuid(), c.id, 'merge', c.stage, 'closed', rls.user_id(), rls.role(), '', it.made_at FROM case_files c
    WHERE live AND c.person_id = it.absorbed_id AND c.stage <> 'closed';
  UPDATE case_files c SET person_id = it.survivor_id, version = c.version + 1,
      suspended_from = CASE WHEN live THEN NULL ELSE c.suspended_from END, suspended_until = CASE WHEN live THEN NULL ELSE c.suspended_until END,
      closed_at = CASE WHEN live AND c.stage <> 'closed' THEN greatest(it.made_at, c.opened_at) ELSE c.closed_at END,
      close_reason = CASE WHEN live AND c.stage <> 'closed' THEN 'other' ELSE c.close_reason END,
      stage = CASE WHEN live THEN 'closed' ELSE c.stage END
    WHERE c.person_id = it.absorbed_id;
  UPDATE applications a SET person_id = it.survivor_id, version = a.version + 1 WHERE a.person_id = it.absorbed_id;
  UPDATE placements l SET person_id = it.survivor_id, version = l.version + 1 WHERE l.person_id = it.absorbed_id;
  UPDATE complaints q SET person_id = it.survivor_id WHERE q.person_id = it.absorbed_id;
  UPDATE documents d SET person_id = it.survivor_id WHERE d.person_id = it.absorbed_id;
END $$;

-- Moves back what the merge moved, and what came of it since: a placement goes
-- where its application goes. A file that was closed for the merge and not
-- touched since is as it was before.
CREATE FUNCTION rls.unmerge(m uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  it record;
BEGIN
  SELECT * INTO STRICT it FROM merges x WHERE x.id = m AND x.xmin = pg_current_xact_id()::xid AND x.undone_at IS NOT NULL;
  INSERT INTO merge_moves (merge_id, kind, record_id) WITH RECURSIVE came(id) AS (
      SELECT l.id FROM placements l WHERE l.person_id = it.survivor_id AND l.application_id IN (
        SELECT v.record_id FROM merge_moves v WHERE v.merge_id = m AND v.kind = 'application')
      UNION SELECT v.record_id FROM merge_moves v WHERE v.merge_id = m AND v.kind = 'placement'
      UNION SELECT l.id FROM placements l JOIN came c ON l.previous_id = c.id
    ) SELECT m, 'placement', c.id FROM came c ON CONFLICT DO NOTHING;
  INSERT INTO case_history (id, record_id, transition, from_state, to_state, actor_id, actor_role, reason, at)
    SELECT gen_random_uuid(), c.id, 'unmerge', c.stage, v.was->>'stage', rls.user_id(), rls.role(), '', it.undone_at
    FROM case_files c JOIN merge_moves v ON v.merge_id = m AND v.kind = 'case' AND v.record_id = c.id
    WHERE c.person_id = it.survivor_id AND v.was->>'version' = c.version::text;
  UPDATE case_files c SET person_id = it.absorbed_id, version = c.version + 1,
      stage = CASE WHEN v.was->>'version' = c.version::text THEN v.was->>'stage' ELSE c.stage END,
      suspended_from = CASE WHEN v.was->>'version' = c.version::text THEN v.was->>'from' ELSE c.suspended_from END,
      suspended_until = CASE WHEN v.was->>'version' = c.version::text THEN (v.was->>'until')::date ELSE c.suspended_until END,
      closed_at = CASE WHEN v.was->>'version' = c.version::text THEN NULL ELSE c.closed_at END,
      close_reason = CASE WHEN v.was->>'version' = c.version::text THEN NULL ELSE c.close_reason END
    FROM merge_moves v WHERE v.merge_id = m AND v.kind = 'case' AND v.record_id = c.id AND c.person_id = it.survivor_id;
  UPDATE applications a SET person_id = it.absorbed_id, version = a.version + 1
    FROM merge_moves v WHERE v.merge_id = m AND v.kind = 'application' AND v.record_id = a.id AND a.person_id = it.survivor_id;
  UPDATE placements l SET person_id = it.absorbed_id, version = l.version + 1
    FROM merge_moves v WHERE v.merge_id = m AND v.kind = 'placement' AND v.record_id = l.id AND l.person_id = it.survivor_id;
  UPDATE complaints q SET person_id = it.absorbed_id
    FROM merge_moves v WHERE v.merge_id = m AND v.kind = 'complaint' AND v.record_id = q.id AND q.person_id = it.survivor_id;
  UPDATE documents d SET person_id = it.absorbed_id
    FROM merge_moves v WHERE v.merge_id = m AND v.kind = 'document' AND v.record_id = d.id AND d.person_id = it.survivor_id;
END $$;

-- What a file absorbed goes with it to another agency: the one before keeps
-- nothing. Only in the transaction that moved the survivor's registration.
CREATE FUNCTION rls.move_absorbed(survivor uuid) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  UPDATE registrations r SET agency_id = s.agency_id, version = r.version + 1 FROM registrations s
    WHERE s.person_id = survivor AND s.xmin = pg_current_xact_id()::xid AND r.person_id IN (
      WITH RECURSIVE under(id) AS (SELECT m.absorbed_id FROM merges m WHERE m.survivor_id = survivor AND m.undone_at IS NULL
        UNION SELECT m.absorbed_id FROM merges m JOIN under u ON m.survivor_id = u.id AND m.undone_at IS NULL) SELECT u.id FROM under u);
END $$;

-- Of whom a record was written that a merge gave to somebody else: what is
-- sealed beside it is sealed with that one's key. NULL for any other record.
CREATE FUNCTION rls.origin(noun text, record uuid) RETURNS uuid LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  RETURN (SELECT m.absorbed_id FROM merge_moves v JOIN merges m ON m.id = v.merge_id
    WHERE v.kind = noun AND v.record_id = record AND m.undone_at IS NULL ORDER BY m.made_at, m.id LIMIT 1);
END $$;

-- Who adds to a file waits for a merge of it that is under way, and then finds
-- it absorbed; the merge holds the same lock alone. A rule would look before the wait.
CREATE FUNCTION rls.not_absorbed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  PERFORM pg_advisory_xact_lock_shared(hashtextextended(NEW.person_id::text, 0));
  IF rls.merged_now(NEW.person_id) THEN
    RAISE EXCEPTION 'the file was absorbed by another' USING ERRCODE = '40001';
  END IF;
  RETURN NEW;
END $$;
CREATE FUNCTION rls.merged_now(p uuid) RETURNS boolean LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  RETURN EXISTS (SELECT 1 FROM merges m WHERE m.absorbed_id = p AND m.undone_at IS NULL);
END $$;
-- +goose StatementEnd
CREATE TRIGGER not_absorbed BEFORE INSERT ON case_files FOR EACH ROW EXECUTE FUNCTION rls.not_absorbed();
CREATE TRIGGER not_absorbed BEFORE INSERT ON applications FOR EACH ROW EXECUTE FUNCTION rls.not_absorbed();

-- +goose StatementBegin
DO $$
DECLARE
  one text;
BEGIN
  FOREACH one IN ARRAY ARRAY['merges', 'merge_records', 'merge_moves', 'not_duplicates'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', one);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', one);
    EXECUTE format('CREATE POLICY system ON %I TO baara_system USING (true) WITH CHECK (true)', one);
  END LOOP;
  EXECUTE 'CREATE POLICY keeper ON merges FOR SELECT TO baara_keeper USING (true)';
  EXECUTE 'CREATE POLICY keeper ON merge_moves FOR SELECT TO baara_keeper USING (true)';
  EXECUTE 'CREATE POLICY merge ON merge_moves FOR INSERT TO baara_keeper WITH CHECK (true)';
  -- What hangs on a file changes hands by the two functions above and no other way.
  FOREACH one IN ARRAY ARRAY['registrations', 'case_files', 'applications', 'placements', 'complaints', 'documents'] LOOP
    EXECUTE format('CREATE POLICY merge ON %I FOR UPDATE TO baara_keeper USING (true) WITH CHECK (true)', one);
  END LOOP;
  EXECUTE 'CREATE POLICY merge ON case_history FOR INSERT TO baara_keeper WITH CHECK (true)';
  -- Nothing is added to a file that was absorbed, and nothing of it changed.
  FOREACH one IN ARRAY ARRAY['consents', 'case_files', 'applications', 'documents'] LOOP
    EXECUTE format('CREATE POLICY merged_add ON %I AS RESTRICTIVE FOR INSERT TO baara_app WITH CHECK (NOT rls.merged(person_id))', one);
  END LOOP;
  FOREACH one IN ARRAY ARRAY['registrations', 'consents'] LOOP
    EXECUTE format('CREATE POLICY merged_change ON %I AS RESTRICTIVE FOR UPDATE TO baara_app USING (true) WITH CHECK (NOT rls.merged(person_id))', one);
  END LOOP;
END $$;
-- +goose StatementEnd
CREATE POLICY merged_change ON persons AS RESTRICTIVE FOR UPDATE TO baara_app USING (true) WITH CHECK (NOT rls.merged(id));
CREATE POLICY read ON merges FOR SELECT TO baara_app USING ((SELECT rls.desk()) AND rls.serves(survivor_id));
CREATE POLICY add ON merges FOR INSERT TO baara_app WITH CHECK ((SELECT rls.role()) = 'lead' AND made_by = (SELECT rls.user_id())
  AND agency_id = (SELECT rls.agency_id()) AND rls.agency_of(survivor_id) = agency_id AND rls.agency_of(absorbed_id) = agency_id
  AND undone_at IS NULL AND final_at IS NULL);
CREATE POLICY change ON merges FOR UPDATE TO baara_app USING ((SELECT rls.role()) = 'lead' AND rls.agency_of(survivor_id) = (SELECT rls.agency_id()))
  WITH CHECK (undone_by = (SELECT rls.user_id()));
CREATE POLICY read ON merge_records FOR SELECT TO baara_app USING (
  EXISTS (SELECT 1 FROM merges m WHERE m.id = merge_id AND (SELECT rls.role()) = 'lead' AND rls.agency_of(m.survivor_id) = (SELECT rls.agency_id())));
CREATE POLICY add ON merge_records FOR INSERT TO baara_app WITH CHECK (
  EXISTS (SELECT 1 FROM merges m WHERE m.id = merge_id AND rls.merging(m.survivor_id)));
CREATE POLICY remove ON merge_records FOR DELETE TO baara_app USING (
  EXISTS (SELECT 1 FROM merges m WHERE m.id = merge_id AND m.undone_at IS NOT NULL AND rls.merging(m.survivor_id)));
CREATE POLICY read ON merge_moves FOR SELECT TO baara_app USING (EXISTS (SELECT 1 FROM merges m WHERE m.id = merge_id));
CREATE POLICY read ON not_duplicates FOR SELECT TO baara_app USING ((SELECT rls.desk()) AND rls.serves(one) AND rls.serves(other));
CREATE POLICY add ON not_duplicates FOR INSERT TO baara_app WITH CHECK ((SELECT rls.role()) = 'lead' AND made_by = (SELECT rls.user_id())
  AND rls.serves(one) AND rls.serves(other));
-- The survivor's journey becomes that of both.
CREATE POLICY merge_add ON migration_episodes FOR INSERT TO baara_app WITH CHECK (rls.merging(person_id));
CREATE POLICY merge_remove ON migration_episodes FOR DELETE TO baara_app USING (rls.merging(person_id));
CREATE POLICY merge_add ON displacements FOR INSERT TO baara_app WITH CHECK (rls.merging(person_id));
CREATE POLICY merge_remove ON displacements FOR DELETE TO baara_app USING (rls.merging(person_id));

GRANT SELECT ON merges TO baara_keeper;
GRANT SELECT, INSERT ON merge_moves TO baara_keeper;
GRANT INSERT ON case_history TO baara_keeper;
GRANT SELECT (suspended_from, suspended_until, opened_at, closed_at, close_reason, version),
  UPDATE (person_id, stage, suspended_from, suspended_until, closed_at, close_reason, version) ON case_files TO baara_keeper;
GRANT SELECT (version), UPDATE (person_id, version) ON applications TO baara_keeper;
GRANT SELECT (version, previous_id, application_id), UPDATE (person_id, version) ON placements TO baara_keeper;
GRANT SELECT (person_id), UPDATE (person_id) ON complaints TO baara_keeper;
CREATE POLICY keeper ON documents FOR SELECT TO baara_keeper USING (true);
GRANT SELECT (id, person_id), UPDATE (person_id) ON documents TO baara_keeper;
GRANT SELECT (version), UPDATE (agency_id, version) ON registrations TO baara_keeper;
GRANT CREATE ON SCHEMA rls TO baara_keeper;
-- +goose StatementBegin
DO $$
DECLARE
  one text;
BEGIN
  FOREACH one IN ARRAY ARRAY['merged(uuid)', 'survivors(uuid[])', 'opens(uuid)', 'merging(uuid)', 'merge_obstacles(uuid, uuid)', 'merge(uuid)', 'unmerge(uuid)', 'move_absorbed(uuid)', 'origin(text, uuid)', 'not_absorbed()', 'merged_now(uuid)'] LOOP
    EXECUTE format('ALTER FUNCTION rls.%s OWNER TO baara_keeper', one);
    EXECUTE format('REVOKE ALL ON FUNCTION rls.%s FROM PUBLIC', one);
    EXECUTE format('GRANT EXECUTE ON FUNCTION rls.%s TO baara_app, baara_system', one);
  END LOOP;
END $$;
-- +goose StatementEnd
REVOKE CREATE ON SCHEMA rls FROM baara_keeper;
-- The name register leads from an absorbed file to the one that stands for it.
GRANT USAGE ON SCHEMA rls TO baara_register;
GRANT EXECUTE ON FUNCTION rls.survivors(uuid[]) TO baara_register;

-- +goose Down
REVOKE EXECUTE ON FUNCTION rls.survivors(uuid[]) FROM baara_register;
REVOKE USAGE ON SCHEMA rls FROM baara_register;
-- +goose StatementBegin
DO $$
DECLARE
  one record;
BEGIN
  FOR one IN SELECT tablename, policyname FROM pg_policies WHERE schemaname = 'public'
    AND policyname IN ('merge', 'merged_add', 'merged_change', 'merge_add', 'merge_remove') LOOP
    EXECUTE format('DROP POLICY %I ON %I', one.policyname, one.tablename);
  END LOOP;
END $$;
-- +goose StatementEnd
DROP TRIGGER not_absorbed ON case_files;
DROP TRIGGER not_absorbed ON applications;
DROP TABLE not_duplicates, merge_moves, merge_records, merges CASCADE;
DROP FUNCTION rls.merged(uuid), rls.survivors(uuid[]), rls.opens(uuid), rls.merging(uuid), rls.merge_obstacles(uuid, uuid), rls.merge(uuid), rls.unmerge(uuid), rls.move_absorbed(uuid), rls.origin(text, uuid), rls.not_absorbed(), rls.merged_now(uuid);
REVOKE INSERT ON case_history FROM baara_keeper;
REVOKE SELECT (suspended_from, suspended_until, opened_at, closed_at, close_reason, version),
  UPDATE (person_id, stage, suspended_from, suspended_until, closed_at, close_reason, version) ON case_files FROM baara_keeper;
REVOKE SELECT (version), UPDATE (person_id, version) ON applications FROM baara_keeper;
REVOKE SELECT (version, previous_id, application_id), UPDATE (person_id, version) ON placements FROM baara_keeper;
REVOKE SELECT (person_id), UPDATE (person_id) ON complaints FROM baara_keeper;
DROP POLICY keeper ON documents;
REVOKE SELECT (id, person_id), UPDATE (person_id) ON documents FROM baara_keeper;
REVOKE SELECT (version), UPDATE (agency_id, version) ON registrations FROM baara_keeper;
