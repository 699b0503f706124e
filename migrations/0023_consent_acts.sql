-- +goose Up
-- A consent to give a name to an employer is for one contact and names the
-- organisation; a consent given for somebody says how to reach who gave it;
-- a withdrawal says who recorded it and how it was said.
ALTER TABLE consents
  ADD COLUMN application_id       uuid REFERENCES applications(id) ON DELETE CASCADE,
  ADD COLUMN organisation_id      uuid REFERENCES organisations(id),
  ADD COLUMN employer             text NOT NULL DEFAULT '', -- as the person was told
  ADD COLUMN representative_phone text CHECK (representative_phone ~ '^\+[1-9][0-9]{6,14}$'),
  ADD COLUMN paper                text NOT NULL DEFAULT '', -- where the signed paper is kept
  ADD COLUMN reminded_at          timestamptz, -- the person was told that it ends
  ADD COLUMN withdrawn_by         uuid REFERENCES users(id),
  ADD COLUMN withdrawn_mode       text CHECK (withdrawn_mode IN ('click','written','oral','thumbprint','representative')),
  -- Of what was said about one contact, mostly on the telephone, who recorded it is the witness.
  DROP CONSTRAINT consents_check,
  ADD CONSTRAINT consents_witness CHECK (mode NOT IN ('oral','thumbprint') OR witness <> '' OR application_id IS NOT NULL AND recorded_by IS NOT NULL),
  ADD CONSTRAINT consents_contact_is_sharing CHECK (application_id IS NULL OR purpose = 'sharing'),
  ADD CONSTRAINT consents_names_a_contact CHECK (application_id IS NOT NULL OR organisation_id IS NULL AND employer = '');
CREATE INDEX consents_application ON consents(application_id);
CREATE INDEX consents_organisation ON consents(organisation_id);
CREATE INDEX consents_withdrawn_by ON consents(withdrawn_by);
DROP INDEX consents_live;
CREATE UNIQUE INDEX consents_live ON consents(person_id, purpose) WHERE withdrawn_at IS NULL AND application_id IS NULL;
CREATE UNIQUE INDEX consents_contact_live ON consents(application_id) WHERE withdrawn_at IS NULL;
-- Somebody asks for consents that end soon.
CREATE INDEX consents_ending ON consents(expires_at) WHERE withdrawn_at IS NULL AND expires_at IS NOT NULL;

-- Whoever may act on a contact may record what the person said to it, also
-- after the person's registration moved to another agency. Employers see none.
CREATE POLICY contact_read ON consents FOR SELECT TO baara_app USING (
  application_id IS NOT NULL AND (SELECT rls.role()) <> 'employer' AND rls.sees_application(application_id));
CREATE POLICY contact_add ON consents FOR INSERT TO baara_app WITH CHECK (
  application_id IS NOT NULL AND (SELECT rls.role()) <> 'employer' AND rls.sees_application(application_id));
CREATE POLICY contact_change ON consents FOR UPDATE TO baara_app USING (
  application_id IS NOT NULL AND (SELECT rls.role()) <> 'employer' AND rls.sees_application(application_id));

-- Somebody took back that an employer may know who she is. It is final: another
-- contact is another application.
GRANT SELECT (application_id, withdrawn_at, replaced) ON consents TO baara_keeper;
CREATE POLICY keeper ON consents FOR SELECT TO baara_keeper USING (true);
-- +goose StatementBegin
CREATE FUNCTION rls.contact_ended(a uuid) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  RETURN EXISTS (SELECT 1 FROM consents c WHERE c.application_id = a AND c.withdrawn_at IS NOT NULL AND NOT c.replaced);
END $$;

CREATE OR REPLACE FUNCTION rls.names(p uuid) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  organisation uuid;
BEGIN
  IF rls.role() = 'employer' THEN
    organisation := rls.employer();
    RETURN organisation IS NOT NULL AND (
      EXISTS (SELECT 1 FROM applications a JOIN vacancies v ON v.id = a.vacancy_id WHERE a.person_id = p AND a.sent_at IS NOT NULL
        AND a.state IN ('sent', 'seen', 'interview', 'offer', 'hired') AND v.organisation_id = organisation AND NOT rls.contact_ended(a.id))
      OR EXISTS (SELECT 1 FROM placements l WHERE l.person_id = p AND l.organisation_id = organisation));
  END IF;
  RETURN rls.reads(p) OR rls.desk() AND (
    EXISTS (SELECT 1 FROM applications a WHERE a.person_id = p AND a.agency_id = rls.agency_id())
    OR EXISTS (SELECT 1 FROM placements l WHERE l.person_id = p AND l.agency_id = rls.agency_id()));
END $$;
-- +goose StatementEnd
GRANT CREATE ON SCHEMA rls TO baara_keeper;
ALTER FUNCTION rls.contact_ended(uuid) OWNER TO baara_keeper;
REVOKE CREATE ON SCHEMA rls FROM baara_keeper;
REVOKE ALL ON FUNCTION rls.contact_ended(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION rls.contact_ended(uuid) TO baara_app, baara_system, baara_keeper;

-- An objection to being counted, and the day from which the law lets somebody
-- do hazardous work: kept only while it lies ahead, and rounded up to a month,
-- so that matching learns of nobody when exactly they were born.
ALTER TABLE persons ADD COLUMN statistics_objected_at timestamptz, ADD COLUMN adult_on date;
GRANT SELECT (adult_on) ON persons TO baara_index;
ALTER TABLE persons NO FORCE ROW LEVEL SECURITY;
UPDATE persons SET adult_on = CASE WHEN birth_date IS NOT NULL
    THEN (date_trunc('month', birth_date + interval '18 years' - interval '1 day') + interval '1 month')::date
    ELSE make_date(birth_year + 18, 12, 31) END
  WHERE birth_year >= extract(year FROM now()) - 19;
ALTER TABLE persons FORCE ROW LEVEL SECURITY;

-- +goose Down
REVOKE SELECT (adult_on) ON persons FROM baara_index;
ALTER TABLE persons DROP COLUMN statistics_objected_at, DROP COLUMN adult_on;
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION rls.names(p uuid) RETURNS boolean LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  organisation uuid;
BEGIN
  IF rls.role() = 'employer' THEN
    organisation := rls.employer();
    RETURN organisation IS NOT NULL AND (
      EXISTS (SELECT 1 FROM applications a JOIN vacancies v ON v.id = a.vacancy_id WHERE a.person_id = p AND a.sent_at IS NOT NULL
        AND a.state IN ('sent', 'seen', 'interview', 'offer', 'hired') AND v.organisation_id = organisation)
      OR EXISTS (SELECT 1 FROM placements l WHERE l.person_id = p AND l.organisation_id = organisation));
  END IF;
  RETURN rls.reads(p) OR rls.desk() AND (
    EXISTS (SELECT 1 FROM applications a WHERE a.person_id = p AND a.agency_id = rls.agency_id())
    OR EXISTS (SELECT 1 FROM placements l WHERE l.person_id = p AND l.agency_id = rls.agency_id()));
END $$;
-- +goose StatementEnd
DROP FUNCTION rls.contact_ended(uuid);
DROP POLICY keeper ON consents;
REVOKE SELECT (application_id, withdrawn_at, replaced) ON consents FROM baara_keeper;
DROP POLICY contact_read ON consents;
DROP POLICY contact_add ON consents;
DROP POLICY contact_change ON consents;
ALTER TABLE consents NO FORCE ROW LEVEL SECURITY;
DELETE FROM consents WHERE application_id IS NOT NULL;
ALTER TABLE consents FORCE ROW LEVEL SECURITY;
DROP INDEX consents_live;
ALTER TABLE consents DROP CONSTRAINT consents_witness, ADD CONSTRAINT consents_check CHECK (mode NOT IN ('oral','thumbprint') OR witness <> ''),
  DROP COLUMN application_id, DROP COLUMN organisation_id, DROP COLUMN employer, DROP COLUMN representative_phone,
  DROP COLUMN paper, DROP COLUMN reminded_at, DROP COLUMN withdrawn_by, DROP COLUMN withdrawn_mode;
CREATE UNIQUE INDEX consents_live ON consents(person_id, purpose) WHERE withdrawn_at IS NULL;
