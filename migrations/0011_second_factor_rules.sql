-- +goose Up
-- Rows of accounts show to the account, to administrators, and where somebody
-- answers for a team, to a lead of the agency and a member of the organisation.
-- +goose StatementBegin
CREATE FUNCTION rls.manages(account uuid) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  RETURN CASE rls.role()
    WHEN 'administrator' THEN true
    WHEN 'lead' THEN EXISTS (SELECT 1 FROM agency_members m WHERE m.user_id = account AND m.agency_id = rls.agency_id())
    WHEN 'employer' THEN EXISTS (SELECT 1 FROM organisation_members m WHERE m.user_id = account AND m.organisation_id = rls.organisation_id())
    ELSE false END;
END $$;
DO $$
DECLARE
  one text;
BEGIN
  FOREACH one IN ARRAY ARRAY['second_factors', 'recovery_codes', 'contact_changes', 'identity_links', 'invitations'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', one);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', one);
    EXECUTE format('CREATE POLICY system ON %I TO baara_system USING (true) WITH CHECK (true)', one);
  END LOOP;
  FOREACH one IN ARRAY ARRAY['second_factors', 'recovery_codes', 'contact_changes', 'identity_links'] LOOP
    EXECUTE format('CREATE POLICY own ON %I TO baara_app USING (user_id = (SELECT rls.user_id()) OR (SELECT rls.role()) = %L)', one, 'administrator');
  END LOOP;
  FOREACH one IN ARRAY ARRAY['sessions', 'api_tokens'] LOOP
    EXECUTE format('CREATE POLICY team ON %I FOR SELECT TO baara_app USING (rls.manages(user_id))', one);
    EXECUTE format('CREATE POLICY ended ON %I FOR UPDATE TO baara_app USING (rls.manages(user_id)) WITH CHECK (rls.manages(user_id))', one);
  END LOOP;
END $$;
-- +goose StatementEnd
CREATE POLICY team ON invitations TO baara_app USING (CASE (SELECT rls.role())
  WHEN 'administrator' THEN true
  WHEN 'lead' THEN agency_id = (SELECT rls.agency_id())
  WHEN 'employer' THEN organisation_id = (SELECT rls.organisation_id()) ELSE false END);
GRANT SELECT ON agency_members, organisation_members TO baara_keeper;
GRANT CREATE ON SCHEMA rls TO baara_keeper;
ALTER FUNCTION rls.manages(uuid) OWNER TO baara_keeper;
REVOKE CREATE ON SCHEMA rls FROM baara_keeper;
REVOKE ALL ON FUNCTION rls.manages(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION rls.manages(uuid) TO baara_app, baara_system;

-- +goose Down
DROP POLICY ended ON sessions;
DROP POLICY team ON sessions;
DROP POLICY ended ON api_tokens;
DROP POLICY team ON api_tokens;
DROP POLICY team ON invitations;
-- +goose StatementBegin
DO $$
DECLARE
  one text;
BEGIN
  FOREACH one IN ARRAY ARRAY['second_factors', 'recovery_codes', 'contact_changes', 'identity_links', 'invitations'] LOOP
    EXECUTE format('DROP POLICY IF EXISTS own ON %I', one);
    EXECUTE format('DROP POLICY system ON %I', one);
    EXECUTE format('ALTER TABLE %I NO FORCE ROW LEVEL SECURITY', one);
    EXECUTE format('ALTER TABLE %I DISABLE ROW LEVEL SECURITY', one);
  END LOOP;
END $$;
-- +goose StatementEnd
DROP FUNCTION rls.manages(uuid);
