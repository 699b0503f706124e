-- +goose Up
-- The application's role owns nothing; migrations run under another. Roles are
-- cluster-wide, so creation is guarded.
-- +goose StatementBegin
DO $$ BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'baara_app') THEN
    CREATE ROLE baara_app NOLOGIN NOSUPERUSER NOBYPASSRLS;
  END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;
-- +goose StatementEnd
GRANT USAGE ON SCHEMA public TO baara_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO baara_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO baara_app;

CREATE TABLE places (
  code        text PRIMARY KEY CHECK (code <> ''),
  kind        text NOT NULL CHECK (kind IN ('country','region','district','cercle','commune','site')),
  parent_code text REFERENCES places(code),
  country     text NOT NULL CHECK (country ~ '^[A-Z]{3}$'),
  iso_code    text UNIQUE,
  national_code text,
  valid_from  date, -- both days belong to the validity
  valid_to    date,
  source      text NOT NULL DEFAULT '',
  CHECK (valid_to IS NULL OR valid_from IS NULL OR valid_from <= valid_to)
);
CREATE INDEX places_parent ON places(parent_code);
CREATE TABLE place_names (
  place_code text NOT NULL REFERENCES places(code) ON DELETE CASCADE,
  lang       text NOT NULL,
  name       text NOT NULL CHECK (name <> ''),
  PRIMARY KEY (place_code, lang)
);
-- Old territories against new ones, so that series stay comparable.
CREATE TABLE place_crosswalk (
  old_code text NOT NULL REFERENCES places(code) ON DELETE CASCADE,
  new_code text NOT NULL REFERENCES places(code) ON DELETE CASCADE,
  whole    boolean NOT NULL DEFAULT true, -- the new one lies in the old one entirely
  source   text NOT NULL DEFAULT '',
  PRIMARY KEY (old_code, new_code)
);
CREATE INDEX place_crosswalk_new ON place_crosswalk(new_code);

CREATE TABLE agencies (
  id         uuid PRIMARY KEY,
  code       text NOT NULL UNIQUE CHECK (code <> ''),
  name       text NOT NULL CHECK (name <> ''),
  place_code text NOT NULL REFERENCES places(code),
  phone      text,
  created_at timestamptz NOT NULL,
  closed_at  timestamptz,
  demo       boolean NOT NULL DEFAULT false,
  version    integer NOT NULL DEFAULT 1
);
CREATE INDEX agencies_place ON agencies(place_code);
-- The places an agency serves: a registration from there lands in its intake queue.
CREATE TABLE agency_places (
  agency_id  uuid NOT NULL REFERENCES agencies(id) ON DELETE CASCADE,
  place_code text NOT NULL REFERENCES places(code),
  PRIMARY KEY (agency_id, place_code)
);
CREATE INDEX agency_places_place ON agency_places(place_code);

CREATE TABLE users (
  id            uuid PRIMARY KEY,
  role          text NOT NULL CHECK (role IN ('jobseeker','employer','counsellor','lead','analyst','administrator','data_protection')),
  name          text NOT NULL CHECK (name <> ''),
  email         text,
  phone         text CHECK (phone ~ '^\+[1-9][0-9]{6,14}$'),
  password_hash text,
  person_id     uuid,
  language      text NOT NULL DEFAULT 'fr',
  created_at    timestamptz NOT NULL,
  disabled_at   timestamptz,
  demo          boolean NOT NULL DEFAULT false,
  version       integer NOT NULL DEFAULT 1,
  CHECK (role <> 'jobseeker' OR person_id IS NOT NULL),
  CHECK (email IS NOT NULL OR phone IS NOT NULL OR role = 'jobseeker')
);
CREATE UNIQUE INDEX users_email ON users(lower(email)) WHERE email IS NOT NULL;
CREATE UNIQUE INDEX users_person ON users(person_id) WHERE person_id IS NOT NULL;

CREATE TABLE agency_members (
  user_id   uuid NOT NULL REFERENCES users(id) ON DELETE CASCADE,
  agency_id uuid NOT NULL REFERENCES agencies(id),
  since     date NOT NULL,
  until     date,
  PRIMARY KEY (user_id, agency_id, since),
  CHECK (until IS NULL OR since <= until)
);
CREATE UNIQUE INDEX agency_members_current ON agency_members(user_id) WHERE until IS NULL;
CREATE INDEX agency_members_agency ON agency_members(agency_id);

-- A session is opaque; only the hash of its token is kept.
CREATE TABLE sessions (
  token_hash   text PRIMARY KEY,
  id           uuid NOT NULL UNIQUE,
  user_id      uuid REFERENCES users(id) ON DELETE CASCADE,
  data         bytea NOT NULL,
  device       text NOT NULL DEFAULT '',
  created_at   timestamptz NOT NULL,
  last_seen_at timestamptz NOT NULL,
  expires_at   timestamptz NOT NULL,
  killed_at    timestamptz,
  CHECK (created_at <= expires_at)
);
CREATE INDEX sessions_user ON sessions(user_id);
CREATE INDEX sessions_expires ON sessions(expires_at);

CREATE TABLE api_tokens (
  id           uuid PRIMARY KEY,
  user_id      uuid NOT NULL REFERENCES users(id) ON DELETE CASCADE,
  name         text NOT NULL CHECK (name <> ''),
  token_hash   text NOT NULL UNIQUE,
  scopes       text[] NOT NULL,
  created_at   timestamptz NOT NULL,
  expires_at   timestamptz NOT NULL,
  last_used_at timestamptz,
  revoked_at   timestamptz,
  CHECK (created_at < expires_at)
);
CREATE INDEX api_tokens_user ON api_tokens(user_id);

-- One-time codes for a phone: five tries, counted here so that restarts do not forget.
CREATE TABLE one_time_codes (
  id         uuid PRIMARY KEY,
  phone      text NOT NULL,
  purpose    text NOT NULL CHECK (purpose IN ('sign_in','resume')),
  code_hash  text NOT NULL,
  tries      smallint NOT NULL DEFAULT 0 CHECK (tries BETWEEN 0 AND 5),
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  used_at    timestamptz,
  CHECK (created_at < expires_at)
);
CREATE INDEX one_time_codes_phone ON one_time_codes(phone, purpose, created_at);

-- What an unsafe request did, so that a repeat finds it. Never the answer itself.
CREATE TABLE idempotency (
  scope        text NOT NULL,
  key          text NOT NULL,
  payload_hash text NOT NULL,
  record_kind  text NOT NULL,
  record_id    uuid NOT NULL,
  version      integer NOT NULL,
  created_at   timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (scope, key)
);
CREATE INDEX idempotency_created ON idempotency(created_at);

-- The feed of the search index: a row for every committed change of something searchable.
CREATE TABLE search_changes (
  seq       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  xid       xid8 NOT NULL DEFAULT pg_current_xact_id(),
  kind      text NOT NULL CHECK (kind IN ('person','vacancy')),
  record_id uuid NOT NULL,
  at        timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX search_changes_xid ON search_changes(xid, seq);
CREATE INDEX search_changes_at ON search_changes(at);
-- Changes when a database is restored or copied: an index of another epoch is rebuilt.
CREATE TABLE database_epoch (
  singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton),
  epoch     uuid NOT NULL DEFAULT gen_random_uuid()
);
INSERT INTO database_epoch DEFAULT VALUES;

-- Facts about this installation: the country pack, whether its data is invented.
CREATE TABLE installation (
  key   text PRIMARY KEY,
  value text NOT NULL
);

CREATE TABLE messages (
  id         uuid PRIMARY KEY,
  channel    text NOT NULL CHECK (channel IN ('sms','voice','email')),
  recipient  text NOT NULL,
  person_id  uuid,
  lang       text NOT NULL,
  template   text NOT NULL,
  params     jsonb NOT NULL DEFAULT '{}',
  state      text NOT NULL DEFAULT 'queued' CHECK (state IN ('queued','sent','failed','dropped')),
  error      text NOT NULL DEFAULT '',
  created_at timestamptz NOT NULL,
  sent_at    timestamptz
);
CREATE INDEX messages_state ON messages(state, created_at);
CREATE INDEX messages_person ON messages(person_id);

-- +goose Down
DROP TABLE messages, installation, database_epoch, search_changes, idempotency, one_time_codes, api_tokens,
  sessions, agency_members, users, agency_places, agencies, place_crosswalk, place_names, places;
ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE USAGE, SELECT ON SEQUENCES FROM baara_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE SELECT, INSERT, UPDATE, DELETE ON TABLES FROM baara_app;
REVOKE USAGE ON SCHEMA public FROM baara_app;
