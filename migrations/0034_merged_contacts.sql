-- +goose Up
-- What somebody agreed to about a contact stays with the file it was said at,
-- also when a merge gives the application to another one. Taking it back acts
-- there too: the rules on who changes a consent say by whom.
DROP POLICY merged_change ON consents;
CREATE POLICY merged_change ON consents AS RESTRICTIVE FOR UPDATE TO baara_app USING (true)
  WITH CHECK (NOT rls.merged(person_id) OR application_id IS NOT NULL);

-- +goose Down
DROP POLICY merged_change ON consents;
CREATE POLICY merged_change ON consents AS RESTRICTIVE FOR UPDATE TO baara_app USING (true) WITH CHECK (NOT rls.merged(person_id));
