-- +goose Up
-- Rules that let more through, or less, than the acts they are for.
-- A step is kept of what this very transaction wrote; whether it might is the
-- record's own rule. Sharing a file writes no file, and is kept by the desk.
-- +goose StatementBegin
CREATE FUNCTION rls.wrote(noun text, record uuid) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  now_acting xid := pg_current_xact_id_if_assigned()::xid;
BEGIN
  CASE noun
    WHEN 'registration' THEN RETURN EXISTS (SELECT 1 FROM registrations x WHERE x.id = record AND x.xmin = now_acting);
    WHEN 'case' THEN RETURN EXISTS (SELECT 1 FROM case_files x WHERE x.id = record AND x.xmin = now_acting);
    WHEN 'application' THEN RETURN EXISTS (SELECT 1 FROM applications x WHERE x.id = record AND x.xmin = now_acting);
    WHEN 'placement' THEN RETURN EXISTS (SELECT 1 FROM placements x WHERE x.id = record AND x.xmin = now_acting);
    WHEN 'transfer' THEN RETURN EXISTS (SELECT 1 FROM transfers x WHERE x.id = record AND x.xmin = now_acting);
    WHEN 'complaint' THEN RETURN EXISTS (SELECT 1 FROM complaints x WHERE x.id = record AND x.xmin = now_acting);
    ELSE RETURN false;
  END CASE;
END $$;

-- A placement is of somebody hired, or goes on from another, as the actor sees.
CREATE FUNCTION rls.places(application uuid, previous uuid, person uuid, vacancy uuid, agency uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF application IS NOT NULL THEN
    RETURN rls.sees_application(application) AND EXISTS (SELECT 1 FROM applications a WHERE a.id = application AND a.state = 'hired'
      AND a.person_id = person AND a.vacancy_id = vacancy AND a.agency_id IS NOT DISTINCT FROM agency);
  END IF;
  RETURN rls.desk() AND rls.sees_placement(previous) AND EXISTS (SELECT 1 FROM placements l WHERE l.id = previous
    AND l.person_id = person AND l.vacancy_id IS NOT DISTINCT FROM vacancy AND l.agency_id IS NOT DISTINCT FROM agency);
END $$;

-- Files the actor still owns at an agency that is not the actor's: a small set,
-- asked once a statement.
CREATE FUNCTION rls.files_elsewhere() RETURNS uuid[] LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  RETURN ARRAY(SELECT f.id FROM case_files f WHERE f.owner_id = rls.desk_user() AND f.agency_id IS DISTINCT FROM rls.desk_agency());
END $$;
-- +goose StatementEnd
GRANT SELECT (xmin) ON registrations, case_files, applications, complaints TO baara_keeper;
GRANT SELECT (vacancy_id) ON placements TO baara_keeper;

ALTER POLICY add ON registration_history WITH CHECK (actor_id IS NOT DISTINCT FROM (SELECT rls.user_id())
  AND actor_role = (SELECT rls.role()) AND rls.wrote('registration', record_id));
DROP FUNCTION rls.made_registration(uuid);
ALTER POLICY add ON case_history WITH CHECK (actor_id = (SELECT rls.user_id()) AND actor_role = (SELECT rls.role())
  AND ((SELECT rls.desk()) AND rls.sees_case(record_id) OR rls.wrote('case', record_id)));
DROP POLICY move ON case_history; -- a file that moves is written
ALTER POLICY add ON application_history WITH CHECK (actor_id IS NOT DISTINCT FROM (SELECT rls.user_id())
  AND actor_role = (SELECT rls.role()) AND rls.wrote('application', record_id));
ALTER POLICY add ON placement_history WITH CHECK (actor_id = (SELECT rls.user_id()) AND actor_role = (SELECT rls.role())
  AND rls.wrote('placement', record_id));
ALTER POLICY add ON transfer_history WITH CHECK (actor_id = (SELECT rls.user_id()) AND actor_role = (SELECT rls.role())
  AND rls.wrote('transfer', record_id));
ALTER POLICY add ON complaint_history WITH CHECK (actor_id = (SELECT rls.user_id()) AND actor_role = (SELECT rls.role())
  AND rls.wrote('complaint', record_id));

ALTER POLICY add ON placements WITH CHECK (rls.places(application_id, previous_id, person_id, vacancy_id, agency_id)
  AND ((SELECT rls.desk()) OR organisation_id = (SELECT rls.employer())));

-- Who hands over such a file sees the row as it becomes no more; as it was
-- decides. An update asks the rules for reading of both.
CREATE POLICY hand_over ON case_files FOR SELECT TO baara_app USING (id = ANY ((SELECT rls.files_elsewhere())::uuid[]));

-- The desk sees accounts of people who work here, not of programs.
ALTER POLICY read ON users USING (id = (SELECT rls.user_id()) OR CASE (SELECT rls.role())
  WHEN 'administrator' THEN true
  WHEN 'employer' THEN role = 'employer' AND EXISTS (SELECT 1 FROM organisation_members m
    WHERE m.user_id = users.id AND m.organisation_id = (SELECT rls.organisation_id()))
  WHEN 'counsellor' THEN role NOT IN ('jobseeker', 'employer', 'api_client')
  WHEN 'lead' THEN role NOT IN ('jobseeker', 'employer', 'api_client') ELSE false END);

-- Nobody has the right to remove these.
DROP POLICY remove ON plan_goals;
DROP POLICY remove ON plan_actions;

GRANT CREATE ON SCHEMA rls TO baara_keeper;
ALTER FUNCTION rls.wrote(text, uuid) OWNER TO baara_keeper;
ALTER FUNCTION rls.places(uuid, uuid, uuid, uuid, uuid) OWNER TO baara_keeper;
ALTER FUNCTION rls.files_elsewhere() OWNER TO baara_keeper;
REVOKE CREATE ON SCHEMA rls FROM baara_keeper;
REVOKE ALL ON FUNCTION rls.wrote(text, uuid), rls.places(uuid, uuid, uuid, uuid, uuid), rls.files_elsewhere() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION rls.wrote(text, uuid), rls.places(uuid, uuid, uuid, uuid, uuid), rls.files_elsewhere() TO baara_app, baara_system;

-- +goose Down
ALTER POLICY read ON users USING (id = (SELECT rls.user_id()) OR CASE (SELECT rls.role())
  WHEN 'administrator' THEN true
  WHEN 'employer' THEN role = 'employer' AND EXISTS (SELECT 1 FROM organisation_members m
    WHERE m.user_id = users.id AND m.organisation_id = (SELECT rls.organisation_id()))
  WHEN 'counsellor' THEN role NOT IN ('jobseeker', 'employer')
  WHEN 'lead' THEN role NOT IN ('jobseeker', 'employer') ELSE false END);
CREATE POLICY remove ON plan_actions FOR DELETE TO baara_app USING (rls.works_case(case_id));
CREATE POLICY remove ON plan_goals FOR DELETE TO baara_app USING (rls.works_case(case_id));
DROP POLICY hand_over ON case_files;
ALTER POLICY add ON placements WITH CHECK (CASE (SELECT rls.role())
  WHEN 'counsellor' THEN agency_id = (SELECT rls.agency_id()) OR rls.owns_file_of(person_id)
  WHEN 'lead' THEN agency_id = (SELECT rls.agency_id()) OR rls.owns_file_of(person_id)
  WHEN 'employer' THEN organisation_id = (SELECT rls.employer()) AND rls.sees_application(application_id) ELSE false END);
ALTER POLICY add ON complaint_history WITH CHECK (
  actor_id = (SELECT rls.user_id()) AND actor_role = (SELECT rls.role()) AND EXISTS (SELECT 1 FROM complaints c WHERE c.id = record_id));
ALTER POLICY add ON transfer_history WITH CHECK (actor_id = (SELECT rls.user_id()) AND actor_role = (SELECT rls.role())
  AND EXISTS (SELECT 1 FROM transfers t WHERE t.id = record_id));
ALTER POLICY add ON placement_history WITH CHECK (
  actor_id = (SELECT rls.user_id()) AND actor_role = (SELECT rls.role()) AND rls.sees_placement(record_id));
ALTER POLICY add ON application_history WITH CHECK (
  actor_id IS NOT DISTINCT FROM (SELECT rls.user_id()) AND actor_role = (SELECT rls.role()) AND rls.sees_application(record_id));
CREATE POLICY move ON case_history FOR INSERT TO baara_app WITH CHECK (
  actor_id = (SELECT rls.user_id()) AND actor_role = (SELECT rls.role()) AND EXISTS (
    SELECT 1 FROM case_files f WHERE f.id = record_id AND f.person_id = ANY ((SELECT rls.moved_people())::uuid[])));
ALTER POLICY add ON case_history WITH CHECK (
  actor_id = (SELECT rls.user_id()) AND actor_role = (SELECT rls.role()) AND rls.sees_case(record_id));
-- +goose StatementBegin
CREATE FUNCTION rls.made_registration(r uuid) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  RETURN EXISTS (SELECT 1 FROM registrations x WHERE x.id = r AND rls.made_person(x.person_id));
END $$;
-- +goose StatementEnd
GRANT CREATE ON SCHEMA rls TO baara_keeper;
ALTER FUNCTION rls.made_registration(uuid) OWNER TO baara_keeper;
REVOKE CREATE ON SCHEMA rls FROM baara_keeper;
REVOKE ALL ON FUNCTION rls.made_registration(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION rls.made_registration(uuid) TO baara_app, baara_system;
ALTER POLICY add ON registration_history WITH CHECK (
  rls.made_registration(record_id) OR EXISTS (SELECT 1 FROM registrations r WHERE r.id = record_id));
DROP FUNCTION rls.wrote(text, uuid), rls.places(uuid, uuid, uuid, uuid, uuid), rls.files_elsewhere();
