-- +goose Up
-- What somebody agreed to about a contact stays with the file it was said at,
-- also when a merge gives the application to another one. Taking it back acts
-- there too: the rules on who changes a consent say by whom.
DROP POLICY merged_change ON consents;
CREATE POLICY merged_change ON consents AS RESTRICTIVE FOR UPDATE TO baara_app USING (true)
  WITH CHECK (NOT rls.merged(person_id) OR application_id IS NOT NULL);

-- The person is told which files became one with hers, when and why, and what
-- they brought; by which reference a file went, its survivor's reader may know.
CREATE POLICY own ON merges FOR SELECT TO baara_app USING (survivor_id = (SELECT rls.self()));
-- +goose StatementBegin
CREATE FUNCTION rls.absorbed_reference(m uuid) RETURNS text LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  RETURN (SELECT p.reference FROM merges x JOIN persons p ON p.id = x.absorbed_id WHERE x.id = m
    AND (x.survivor_id = rls.self() OR rls.serves(x.survivor_id)));
END $$;
-- +goose StatementEnd
GRANT CREATE ON SCHEMA rls TO baara_keeper;
ALTER FUNCTION rls.absorbed_reference(uuid) OWNER TO baara_keeper;
REVOKE CREATE ON SCHEMA rls FROM baara_keeper;
REVOKE ALL ON FUNCTION rls.absorbed_reference(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION rls.absorbed_reference(uuid) TO baara_app, baara_system;

-- +goose Down
DROP POLICY own ON merges;
DROP FUNCTION rls.absorbed_reference(uuid);
DROP POLICY merged_change ON consents;
CREATE POLICY merged_change ON consents AS RESTRICTIVE FOR UPDATE TO baara_app USING (true) WITH CHECK (NOT rls.merged(person_id));
