-- +goose Up
-- Answers to forms that wait, a quarter of an hour, for the browser to come and
-- read them: what is sealed opens with the address's own key besides the server's,
-- and the database has neither. Nobody misses a row: UNLOGGED keeps them out of
-- the write-ahead log and of base backups, and a crash empties the table.
CREATE UNLOGGED TABLE kept_pages (
  key_hash     text PRIMARY KEY,
  owner        text NOT NULL, -- hash of whose browser it is
  session_hash text REFERENCES sessions(token_hash) ON DELETE CASCADE, -- signing out takes them along; NULL: a visitor's
  place        text NOT NULL, -- hash of the form's address
  sealed       bytea NOT NULL CHECK (octet_length(sealed) <= 65536),
  expires_at   timestamptz NOT NULL
);
CREATE INDEX kept_pages_owner ON kept_pages(owner, expires_at);
CREATE INDEX kept_pages_session ON kept_pages(session_hash);
CREATE INDEX kept_pages_expires ON kept_pages(expires_at);
-- Read and written beside the acts, as Baara itself, before an actor is known.
REVOKE ALL ON kept_pages FROM baara_app;
ALTER TABLE kept_pages ENABLE ROW LEVEL SECURITY;
ALTER TABLE kept_pages FORCE ROW LEVEL SECURITY;
CREATE POLICY system ON kept_pages TO baara_system USING (true) WITH CHECK (true);

-- +goose Down
DROP TABLE kept_pages;
