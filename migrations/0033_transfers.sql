-- +goose Up
-- Who may receive data abroad is told to everybody; whoever takes a file out
-- chooses from it. Agreements that ended are the officer's.
CREATE POLICY standing ON transfer_agreements FOR SELECT TO baara_app USING (ended_at IS NULL AND (SELECT rls.role()) IS NOT NULL);

-- Where a file went: to somebody inside the country, or to whom an agreement names.
-- What left before has neither, and so have copies of one's own data.
ALTER TABLE exports ADD COLUMN recipient text NOT NULL DEFAULT '' CHECK (char_length(recipient) <= 200),
  ADD COLUMN agreement_id uuid REFERENCES transfer_agreements(id),
  ADD CONSTRAINT exports_destination CHECK (agreement_id IS NULL OR recipient <> '');
CREATE INDEX exports_agreement ON exports(agreement_id);
-- The second wall: nothing leaves under an agreement that does not stand.
CREATE POLICY destination ON exports AS RESTRICTIVE FOR INSERT TO baara_app WITH CHECK (agreement_id IS NULL OR EXISTS (
  SELECT 1 FROM transfer_agreements a WHERE a.id = agreement_id AND a.ended_at IS NULL AND made_at::date BETWEEN a.since AND coalesce(a.until, 'infinity')));

-- +goose Down
DROP POLICY destination ON exports;
ALTER TABLE exports DROP CONSTRAINT exports_destination, DROP COLUMN agreement_id, DROP COLUMN recipient;
DROP POLICY standing ON transfer_agreements;
