-- +goose Up
-- Who did and saw what. Rows are chained: each hash covers the one before, so
-- that a changed, missing or moved row shows. The application cannot write the
-- table: audit_append, which is the owner's, does, under the lock of a head.
-- There are several chains, because a head stays locked until its transaction
-- is on disk: with one, eight clients would wait for each other's disk.
CREATE TABLE audit_entries (
  chain           smallint NOT NULL,
  seq             bigint NOT NULL CHECK (seq > 0),
  at              timestamptz NOT NULL,
  actor_id        uuid,
  actor_role      text NOT NULL,
  agency_id       uuid,
  organisation_id uuid,
  request_id      text NOT NULL,
  action          text NOT NULL,
  allowed         boolean NOT NULL,
  record_kind     text NOT NULL,
  record_id       uuid,
  person_id       uuid,
  reason          text NOT NULL,
  hash            bytea NOT NULL CHECK (octet_length(hash) = 32),
  PRIMARY KEY (chain, seq)
);
CREATE INDEX audit_entries_at ON audit_entries(at, chain, seq);
CREATE INDEX audit_entries_person ON audit_entries(person_id, at) WHERE person_id IS NOT NULL;
CREATE INDEX audit_entries_actor ON audit_entries(actor_id, at) WHERE actor_id IS NOT NULL;
CREATE INDEX audit_entries_record ON audit_entries(record_id, at) WHERE record_id IS NOT NULL;
CREATE TABLE audit_heads (
  chain smallint PRIMARY KEY,
  seq   bigint NOT NULL,
  hash  bytea NOT NULL CHECK (octet_length(hash) = 32)
) WITH (fillfactor = 20);
INSERT INTO audit_heads SELECT n, 0, decode(repeat('00', 32), 'hex') FROM generate_series(1, 8) n;
REVOKE ALL ON audit_entries, audit_heads FROM baara_app;
GRANT SELECT ON audit_entries, audit_heads TO baara_app;

-- The same bytes as Entry.Hash in domain/audit: every field with its length
-- before it, so that no two rows read alike.
-- +goose StatementBegin
CREATE FUNCTION audit_append(p_at timestamptz, p_actor uuid, p_role text, p_agency uuid, p_organisation uuid, p_request text,
  p_action text, p_allowed boolean, p_kind text, p_record uuid, p_person uuid, p_reason text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  head audit_heads;
  told text;
BEGIN
  -- A transaction stays in one chain, the first that is free.
  SELECT * INTO head FROM audit_heads WHERE chain::text = current_setting('baara.audit_chain', true) FOR UPDATE;
  IF NOT FOUND THEN
    SELECT * INTO head FROM audit_heads ORDER BY seq LIMIT 1 FOR UPDATE SKIP LOCKED;
  END IF;
  IF NOT FOUND THEN
    SELECT * INTO head FROM audit_heads WHERE chain = 1 + pg_backend_pid() % 8 FOR UPDATE;
  END IF;
  PERFORM set_config('baara.audit_chain', head.chain::text, true);
  head.seq := head.seq + 1;
  SELECT string_agg(octet_length(f) || ':' || f, '' ORDER BY n) INTO told FROM unnest(ARRAY[
    head.chain::text, head.seq::text, ((extract(epoch FROM p_at) * 1000000)::bigint)::text, coalesce(p_actor::text, ''), p_role,
    coalesce(p_agency::text, ''), coalesce(p_organisation::text, ''), p_request, p_action, p_allowed::text, p_kind,
    coalesce(p_record::text, ''), coalesce(p_person::text, ''), p_reason]) WITH ORDINALITY AS t(f, n);
  head.hash := sha256(head.hash || convert_to(told, 'UTF8'));
  INSERT INTO audit_entries VALUES (head.chain, head.seq, p_at, p_actor, p_role, p_agency, p_organisation, p_request, p_action, p_allowed,
    p_kind, p_record, p_person, p_reason, head.hash);
  UPDATE audit_heads SET seq = head.seq, hash = head.hash WHERE chain = head.chain;
  RETURN head.seq;
END $$;
-- +goose StatementEnd
REVOKE ALL ON FUNCTION audit_append(timestamptz, uuid, text, uuid, uuid, text, text, boolean, text, uuid, uuid, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audit_append(timestamptz, uuid, text, uuid, uuid, text, text, boolean, text, uuid, uuid, text) TO baara_app;

-- +goose Down
DROP FUNCTION audit_append(timestamptz, uuid, text, uuid, uuid, text, text, boolean, text, uuid, uuid, text);
DROP TABLE audit_heads, audit_entries;
