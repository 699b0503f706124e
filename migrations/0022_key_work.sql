-- +goose Up
-- A wrapping key is made for others when it takes over their subjects. Until it
-- has some, it is an attempt: whoever tries again destroys it first, so that no
-- copy of a subject's key stays behind under it.
ALTER TABLE wrapping_keys ADD COLUMN made_for text[];
-- Wrapping keys that are gone: nothing brings them back, no backup of keys
-- either. destroyed_at is missing while the store has not said so yet.
CREATE TABLE destroyed_keys (
  id           text PRIMARY KEY CHECK (id ~ '^[0-9a-f]{16}$'),
  doomed_at    timestamptz NOT NULL DEFAULT now(),
  destroyed_at timestamptz
);
CREATE INDEX destroyed_keys_due ON destroyed_keys(id) WHERE destroyed_at IS NULL;
REVOKE ALL ON destroyed_keys FROM baara_app;

-- Takes a subject's key away and retires the wrapping key it was under, which
-- the function names: NULL where the subject has none. It waits for whoever
-- wraps again under another key, and then looks anew.
-- +goose StatementBegin
CREATE FUNCTION erase_key(p_subject uuid) RETURNS text LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  v_under text;
BEGIN
  LOOP
    SELECT wrapping_id INTO v_under FROM subject_keys WHERE subject_id = p_subject;
    IF NOT FOUND THEN
      RETURN NULL;
    END IF;
    UPDATE wrapping_keys SET retired_at = coalesce(retired_at, now()) WHERE id = v_under;
    DELETE FROM subject_keys WHERE subject_id = p_subject AND wrapping_id = v_under;
    IF FOUND THEN
      RETURN v_under;
    END IF;
  END LOOP;
END $$;
-- +goose StatementEnd
GRANT SELECT ON wrapping_keys, subject_keys TO baara_keeper;
GRANT UPDATE (retired_at) ON wrapping_keys TO baara_keeper;
GRANT DELETE ON subject_keys TO baara_keeper;
GRANT CREATE ON SCHEMA public TO baara_keeper;
ALTER FUNCTION erase_key(uuid) OWNER TO baara_keeper;
REVOKE CREATE ON SCHEMA public FROM baara_keeper;
REVOKE ALL ON FUNCTION erase_key(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION erase_key(uuid) TO baara_app, baara_system;

-- +goose Down
DROP FUNCTION erase_key(uuid);
REVOKE ALL ON wrapping_keys, subject_keys FROM baara_keeper;
DROP TABLE destroyed_keys;
ALTER TABLE wrapping_keys DROP COLUMN made_for;
