-- +goose Up
-- How often something was tried, by hashed key: when its budget is full again.
-- Counted here, so that restarts and further servers do not forget.
CREATE TABLE budgets (
  key     text PRIMARY KEY CHECK (key <> ''),
  full_at timestamptz NOT NULL
);
CREATE INDEX budgets_full ON budgets(full_at);

-- Browsers an account was signed in on: strangers who try its password
-- elsewhere do not use up the tries of its holder.
CREATE TABLE known_devices (
  device_hash  text NOT NULL,
  account_hash text NOT NULL, -- of what is typed to sign in
  expires_at   timestamptz NOT NULL,
  PRIMARY KEY (device_hash, account_hash)
);
CREATE INDEX known_devices_expires ON known_devices(expires_at);

-- Second things an account signs in with. The secret is sealed under a key
-- that is kept outside the database.
CREATE TABLE second_factors (
  id            uuid PRIMARY KEY,
  user_id       uuid NOT NULL REFERENCES users(id) ON DELETE CASCADE,
  kind          text NOT NULL CHECK (kind IN ('totp','key')),
  name          text NOT NULL CHECK (name <> ''),
  secret        bytea NOT NULL,
  credential_id bytea UNIQUE CHECK ((kind = 'key') = (credential_id IS NOT NULL)),
  last_step     bigint NOT NULL DEFAULT 0, -- the newest period whose code was used: a code counts once
  created_at    timestamptz NOT NULL,
  last_used_at  timestamptz
);
CREATE INDEX second_factors_user ON second_factors(user_id);
CREATE UNIQUE INDEX second_factors_totp ON second_factors(user_id) WHERE kind = 'totp';
CREATE TABLE recovery_codes (
  user_id    uuid NOT NULL REFERENCES users(id) ON DELETE CASCADE,
  code_hash  text NOT NULL,
  created_at timestamptz NOT NULL,
  used_at    timestamptz,
  PRIMARY KEY (user_id, code_hash)
);

-- An account to be: the secret of its link is kept as a hash and works once.
CREATE TABLE invitations (
  id              uuid PRIMARY KEY,
  secret_hash     text NOT NULL UNIQUE,
  role            text NOT NULL CHECK (role IN ('employer','counsellor','lead','analyst','administrator','data_protection')),
  name            text NOT NULL CHECK (name <> ''),
  email           text NOT NULL CHECK (email <> ''),
  agency_id       uuid REFERENCES agencies(id),
  organisation_id uuid REFERENCES organisations(id),
  until           date, -- the membership's last day, where it is known
  invited_by      uuid REFERENCES users(id),
  created_at      timestamptz NOT NULL,
  expires_at      timestamptz NOT NULL,
  accepted_at     timestamptz,
  accepted_by     uuid REFERENCES users(id) ON DELETE SET NULL,
  revoked_at      timestamptz,
  CHECK (created_at < expires_at),
  CHECK ((role = 'employer') = (organisation_id IS NOT NULL)),
  CHECK (role NOT IN ('counsellor','lead') OR agency_id IS NOT NULL)
);
CREATE INDEX invitations_agency ON invitations(agency_id);
CREATE INDEX invitations_organisation ON invitations(organisation_id);
CREATE INDEX invitations_invited_by ON invitations(invited_by);
CREATE INDEX invitations_accepted_by ON invitations(accepted_by);

-- A membership that somebody ended is over at that moment, not at midnight.
ALTER TABLE agency_members ADD COLUMN ended_at timestamptz;
ALTER TABLE organisation_members ADD COLUMN ended_at timestamptz;

-- Who an agency's own identity provider calls an account. Never made by
-- signing in: an administrator binds it, or an invitation is accepted with it.
CREATE TABLE identity_links (
  issuer   text NOT NULL,
  subject  text NOT NULL,
  user_id  uuid NOT NULL REFERENCES users(id) ON DELETE CASCADE,
  bound_by uuid REFERENCES users(id) ON DELETE SET NULL,
  bound_at timestamptz NOT NULL,
  PRIMARY KEY (issuer, subject)
);
CREATE UNIQUE INDEX identity_links_user ON identity_links(user_id, issuer);
CREATE INDEX identity_links_bound_by ON identity_links(bound_by);

-- A new address or number to sign in with: it counts only after a while, in
-- which the old one is told.
CREATE TABLE contact_changes (
  id           uuid PRIMARY KEY,
  user_id      uuid NOT NULL REFERENCES users(id) ON DELETE CASCADE,
  kind         text NOT NULL CHECK (kind IN ('email','phone')),
  value        text NOT NULL CHECK (value <> ''),
  asked_at     timestamptz NOT NULL,
  counts_at    timestamptz NOT NULL,
  done_at      timestamptz,
  cancelled_at timestamptz,
  CHECK (asked_at <= counts_at)
);
CREATE UNIQUE INDEX contact_changes_waiting ON contact_changes(user_id, kind) WHERE done_at IS NULL AND cancelled_at IS NULL;
CREATE INDEX contact_changes_due ON contact_changes(counts_at) WHERE done_at IS NULL AND cancelled_at IS NULL;

-- +goose Down
DROP TABLE contact_changes, identity_links, invitations, recovery_codes, second_factors, known_devices, budgets;
ALTER TABLE agency_members DROP COLUMN ended_at;
ALTER TABLE organisation_members DROP COLUMN ended_at;
