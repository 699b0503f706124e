-- +goose Up
CREATE TABLE applications (
  id             uuid PRIMARY KEY,
  person_id      uuid NOT NULL REFERENCES persons(id) ON DELETE CASCADE,
  vacancy_id     uuid NOT NULL REFERENCES vacancies(id),
  agency_id      uuid REFERENCES agencies(id),
  origin         text NOT NULL CHECK (origin IN ('proposed','applied')),
  state          text NOT NULL CHECK (state IN ('proposed','consented','declined','expired','applied','sent','seen','interview','offer','hired','refused','withdrawn','unanswered','obsolete')),
  proposed_by    uuid REFERENCES users(id),
  consent_mode   text CHECK (consent_mode IN ('click','written','oral','thumbprint','representative')),
  refusal        text CHECK (refusal IN ('skills','experience','education','language','licence','location','wage','availability','post_filled','no_show','other')),
  reason         text NOT NULL DEFAULT '',
  met_essential  smallint NOT NULL DEFAULT 0,
  of_essential   smallint NOT NULL DEFAULT 0,
  created_at     timestamptz NOT NULL,
  state_since    timestamptz NOT NULL,
  sent_at        timestamptz,
  chased_at      timestamptz,
  demo           boolean NOT NULL DEFAULT false,
  version        integer NOT NULL DEFAULT 1,
  CHECK (state <> 'refused' OR refusal IS NOT NULL),
  CHECK (origin <> 'applied' OR state NOT IN ('proposed','consented','expired')),
  -- Nobody is shown to an employer without having agreed to it.
  CHECK (sent_at IS NULL OR consent_mode IS NOT NULL),
  CHECK (state NOT IN ('sent','seen','interview','offer','hired','refused','unanswered') OR sent_at IS NOT NULL),
  CHECK (met_essential BETWEEN 0 AND of_essential)
);
CREATE UNIQUE INDEX applications_live ON applications(person_id, vacancy_id)
  WHERE state NOT IN ('declined','expired','refused','withdrawn','unanswered','obsolete');
CREATE INDEX applications_person ON applications(person_id);
CREATE INDEX applications_vacancy ON applications(vacancy_id, state);
CREATE INDEX applications_agency ON applications(agency_id, state);
CREATE INDEX applications_proposed_by ON applications(proposed_by);
CREATE TABLE application_history (
  id         uuid PRIMARY KEY,
  record_id  uuid NOT NULL REFERENCES applications(id) ON DELETE CASCADE,
  transition text NOT NULL,
  from_state text NOT NULL,
  to_state   text NOT NULL,
  actor_id   uuid REFERENCES users(id),
  actor_role text NOT NULL,
  reason     text NOT NULL DEFAULT '',
  at         timestamptz NOT NULL
);
CREATE INDEX application_history_record ON application_history(record_id, at);
CREATE INDEX application_history_actor ON application_history(actor_id);

CREATE TABLE placements (
  id              uuid PRIMARY KEY,
  application_id  uuid UNIQUE REFERENCES applications(id),
  previous_id     uuid UNIQUE REFERENCES placements(id), -- what this one was converted from
  person_id       uuid NOT NULL REFERENCES persons(id) ON DELETE CASCADE,
  vacancy_id      uuid REFERENCES vacancies(id),
  organisation_id uuid REFERENCES organisations(id),
  agency_id       uuid REFERENCES agencies(id),
  kind            text NOT NULL CHECK (kind IN ('permanent','fixed_term','daily','seasonal','internship','apprenticeship','public_works','self_employment','abroad')),
  channel         text NOT NULL CHECK (channel IN ('service','direct')),
  state           text NOT NULL CHECK (state IN ('planned','started','no_start','ended','converted')),
  starts_on       date NOT NULL,
  ends_on         date,
  ended_on        date,
  end_reason      text NOT NULL DEFAULT '',
  wage            bigint CHECK (wage > 0),
  wage_period     text NOT NULL DEFAULT 'month' CHECK (wage_period IN ('hour','day','week','month','year','task')),
  created_at      timestamptz NOT NULL,
  demo            boolean NOT NULL DEFAULT false,
  version         integer NOT NULL DEFAULT 1,
  CHECK (ends_on IS NULL OR starts_on <= ends_on),
  CHECK (ended_on IS NULL OR starts_on <= ended_on),
  CHECK (state NOT IN ('ended','converted') OR ended_on IS NOT NULL)
);
CREATE INDEX placements_person ON placements(person_id);
CREATE INDEX placements_vacancy ON placements(vacancy_id);
CREATE INDEX placements_organisation ON placements(organisation_id);
CREATE INDEX placements_agency ON placements(agency_id, state);
CREATE TABLE placement_history (
  id         uuid PRIMARY KEY,
  record_id  uuid NOT NULL REFERENCES placements(id) ON DELETE CASCADE,
  transition text NOT NULL,
  from_state text NOT NULL,
  to_state   text NOT NULL,
  actor_id   uuid REFERENCES users(id),
  actor_role text NOT NULL,
  reason     text NOT NULL DEFAULT '',
  at         timestamptz NOT NULL
);
CREATE INDEX placement_history_record ON placement_history(record_id, at);
CREATE INDEX placement_history_actor ON placement_history(actor_id);
REVOKE UPDATE, DELETE ON application_history, placement_history FROM baara_app;

-- +goose Down
DROP TABLE placement_history, placements, application_history, applications;
