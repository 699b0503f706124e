-- +goose Up
-- Where a token's program runs: at somebody's inside the country, or at whom an
-- agreement names. A token from before says neither, and is given nothing about people.
ALTER TABLE api_tokens ADD COLUMN recipient text NOT NULL DEFAULT '' CHECK (char_length(recipient) <= 200),
  ADD COLUMN agreement_id uuid REFERENCES transfer_agreements(id),
  ADD CONSTRAINT api_tokens_destination CHECK (agreement_id IS NULL OR recipient <> '');
CREATE INDEX api_tokens_agreement ON api_tokens(agreement_id);
-- The second wall: no token is made under an agreement that does not stand.
CREATE POLICY destination ON api_tokens AS RESTRICTIVE FOR INSERT TO baara_app WITH CHECK (agreement_id IS NULL OR EXISTS (
  SELECT 1 FROM transfer_agreements a WHERE a.id = agreement_id AND a.ended_at IS NULL AND created_at::date BETWEEN a.since AND coalesce(a.until, 'infinity')));
-- Whoever keeps the register of transfers sees where programs run.
CREATE POLICY register ON api_tokens FOR SELECT TO baara_app USING ((SELECT rls.role()) = 'data_protection');

-- +goose Down
DROP POLICY register ON api_tokens;
DROP POLICY destination ON api_tokens;
ALTER TABLE api_tokens DROP CONSTRAINT api_tokens_destination, DROP COLUMN agreement_id, DROP COLUMN recipient;
