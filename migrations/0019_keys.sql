-- +goose Up
-- Names of the wrapping keys, which are kept outside the database. One that is
-- retired takes no new subject; when it has none left, it is destroyed there
-- and then its row goes.
CREATE TABLE wrapping_keys (
  id         text PRIMARY KEY CHECK (id ~ '^[0-9a-f]{16}$'),
  created_at timestamptz NOT NULL DEFAULT now(),
  retired_at timestamptz
);
-- The key of each person, and of each form that is not sent yet, wrapped: of no
-- use to who has the database alone.
CREATE TABLE subject_keys (
  subject_id  uuid PRIMARY KEY,
  wrapping_id text NOT NULL REFERENCES wrapping_keys(id),
  wrapped     bytea NOT NULL
);
CREATE INDEX subject_keys_wrapping ON subject_keys(wrapping_id);
REVOKE UPDATE, DELETE ON wrapping_keys FROM baara_app;
REVOKE UPDATE ON subject_keys FROM baara_app; -- keys are wrapped again by Baara's own acts only
GRANT SELECT, INSERT, UPDATE, DELETE ON wrapping_keys, subject_keys TO baara_system;
GRANT SELECT ON subject_keys TO baara_register;

-- +goose Down
DROP TABLE subject_keys, wrapping_keys;
