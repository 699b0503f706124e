-- +goose Up
-- Proof of work on what visitors may make, and quarantine for what came
-- without it.
CREATE TABLE spent_work (
  hash       text PRIMARY KEY,
  expires_at timestamptz NOT NULL
);
CREATE INDEX spent_work_expires ON spent_work(expires_at);
REVOKE UPDATE, DELETE ON spent_work FROM baara_app;

-- A registration without proof waits in quarantine, before the intake queue.
ALTER TABLE registrations DROP CONSTRAINT registrations_state_check;
ALTER TABLE registrations ADD CONSTRAINT registrations_state_check CHECK (state IN ('draft','quarantine','intake','active','lapsed','closed'));
ALTER TABLE registrations ADD COLUMN phone_proven_at timestamptz; -- when somebody in quarantine signed in with a code sent to the phone
CREATE INDEX registrations_quarantine ON registrations(phone_proven_at) WHERE state = 'quarantine';
GRANT SELECT (state) ON registrations TO baara_keeper;
-- +goose StatementBegin
-- Whether a registration waits in quarantine, for who holds the form's token.
CREATE FUNCTION rls.quarantined(token_hash text) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  RETURN EXISTS (SELECT 1 FROM registration_drafts d JOIN registrations r ON r.person_id = d.person_id
    WHERE d.token_hash = quarantined.token_hash AND r.state = 'quarantine');
END $$;
-- +goose StatementEnd
GRANT CREATE ON SCHEMA rls TO baara_keeper;
ALTER FUNCTION rls.quarantined(text) OWNER TO baara_keeper;
REVOKE CREATE ON SCHEMA rls FROM baara_keeper;
REVOKE ALL ON FUNCTION rls.quarantined(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION rls.quarantined(text) TO baara_app, baara_system;
ALTER TABLE organisations ADD COLUMN unproven boolean NOT NULL DEFAULT false;

-- Somebody asked for an employer's account with the address of an account there
-- is: the account's holder sees it, and the agency that would have called.
CREATE TABLE sign_up_notes (
  id           uuid PRIMARY KEY,
  user_id      uuid NOT NULL REFERENCES users(id) ON DELETE CASCADE,
  agency_id    uuid REFERENCES agencies(id),
  organisation text NOT NULL,
  contact      text NOT NULL,
  phone        text NOT NULL DEFAULT '',
  at           timestamptz NOT NULL
);
CREATE INDEX sign_up_notes_user ON sign_up_notes(user_id, at);
CREATE INDEX sign_up_notes_agency ON sign_up_notes(agency_id, at);
ALTER TABLE sign_up_notes ENABLE ROW LEVEL SECURITY;
ALTER TABLE sign_up_notes FORCE ROW LEVEL SECURITY;
REVOKE INSERT, UPDATE, DELETE ON sign_up_notes FROM baara_app;
CREATE POLICY system ON sign_up_notes TO baara_system USING (true) WITH CHECK (true);
CREATE POLICY read ON sign_up_notes FOR SELECT TO baara_app USING (
  user_id = (SELECT rls.user_id()) OR agency_id = (SELECT rls.desk_agency()));

-- +goose Down
DROP FUNCTION rls.quarantined(text);
DROP TABLE sign_up_notes, spent_work;
ALTER TABLE organisations DROP COLUMN unproven;
DROP INDEX registrations_quarantine;
ALTER TABLE registrations DROP COLUMN phone_proven_at;
ALTER TABLE registrations NO FORCE ROW LEVEL SECURITY; -- or the owner would change no row, silently
UPDATE registrations SET state = 'intake' WHERE state = 'quarantine';
ALTER TABLE registrations FORCE ROW LEVEL SECURITY;
ALTER TABLE registrations DROP CONSTRAINT registrations_state_check;
ALTER TABLE registrations ADD CONSTRAINT registrations_state_check CHECK (state IN ('draft','intake','active','lapsed','closed'));
