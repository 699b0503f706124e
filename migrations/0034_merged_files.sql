-- +goose Up
-- What somebody agreed to about a contact stays with the file it was said at,
-- also when a merge gives the application to another one. Taking it back acts
-- there too: the rules on who changes a consent say by whom.
DROP POLICY merged_change ON consents;
CREATE POLICY merged_change ON consents AS RESTRICTIVE FOR UPDATE TO baara_app USING (true)
  WITH CHECK (NOT rls.merged(person_id) OR application_id IS NOT NULL);

-- A person is told which files became one with hers, when, and how much each
-- brought; so is who serves her. The reason and the account stay the desk's.
-- +goose StatementBegin
CREATE FUNCTION rls.merged_files(p uuid) RETURNS TABLE (id uuid, reference text, made_at timestamptz, until timestamptz, undone_at timestamptz,
  final_at timestamptz, kind text, number bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF p = rls.self() OR rls.serves(p) THEN
    RETURN QUERY SELECT m.id, a.reference, m.made_at, m.until, m.undone_at, m.final_at, coalesce(v.kind, ''), count(v.record_id)
      FROM merges m JOIN persons a ON a.id = m.absorbed_id LEFT JOIN merge_moves v ON v.merge_id = m.id
      WHERE m.survivor_id = p GROUP BY m.id, a.reference, v.kind ORDER BY m.made_at DESC, m.id DESC, v.kind;
  END IF;
END $$;
-- +goose StatementEnd
GRANT CREATE ON SCHEMA rls TO baara_keeper;
ALTER FUNCTION rls.merged_files(uuid) OWNER TO baara_keeper;
REVOKE CREATE ON SCHEMA rls FROM baara_keeper;
REVOKE ALL ON FUNCTION rls.merged_files(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION rls.merged_files(uuid) TO baara_app, baara_system;

-- +goose Down
DROP FUNCTION rls.merged_files(uuid);
DROP POLICY merged_change ON consents;
CREATE POLICY merged_change ON consents AS RESTRICTIVE FOR UPDATE TO baara_app USING (true) WITH CHECK (NOT rls.merged(person_id));
