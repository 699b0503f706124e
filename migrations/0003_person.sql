-- +goose Up
CREATE SEQUENCE person_reference;
CREATE TABLE persons (
  id                 uuid PRIMARY KEY,
  reference          text NOT NULL UNIQUE,
  given_names        text NOT NULL DEFAULT '',
  family_name        text NOT NULL DEFAULT '',
  father_name        text NOT NULL DEFAULT '',
  mother_name        text NOT NULL DEFAULT '',
  sex                text NOT NULL DEFAULT 'unknown' CHECK (sex IN ('female','male','unknown')),
  birth_year         smallint CHECK (birth_year BETWEEN 1900 AND 2100),
  birth_date         date,
  birth_precision    text NOT NULL DEFAULT 'unknown' CHECK (birth_precision IN ('day','year','about','unknown')),
  nationalities      text[] NOT NULL DEFAULT '{}',
  birth_country      text CHECK (birth_country ~ '^[A-Z]{3}$'),
  residence_country  text CHECK (residence_country ~ '^[A-Z]{3}$'),
  residence_place    text REFERENCES places(code),
  residence_region   text REFERENCES places(code), -- region or district of the place, kept for filters and statistics
  residence_kind     text NOT NULL DEFAULT 'place' CHECK (residence_kind IN ('place','site','nomadic','nowhere')),
  residence_detail   text NOT NULL DEFAULT '',
  email              text,
  nina               text,
  preferred_language text NOT NULL DEFAULT 'fr',
  preferred_channel  text NOT NULL DEFAULT 'sms' CHECK (preferred_channel IN ('sms','voice','email','visit')),
  reading            text NOT NULL DEFAULT 'unknown' CHECK (reading IN ('alone','help','voice','unknown')),
  accommodation      text NOT NULL DEFAULT '',
  population_groups  text[] NOT NULL DEFAULT '{}' CHECK (population_groups <@ ARRAY['young_graduate','return_migrant',
    'international_migrant','refugee','internally_displaced','returned_displaced','repatriated','stranded_in_transit','other']),
  worked_abroad      text NOT NULL DEFAULT 'not_said' CHECK (worked_abroad IN ('yes','no','not_said')),
  isced_level        smallint CHECK (isced_level BETWEEN 0 AND 8),
  mobility_anywhere  boolean NOT NULL DEFAULT false,
  available_from     date,
  absent_until       date,
  guardian_name      text NOT NULL DEFAULT '',
  guardian_phone     text CHECK (guardian_phone ~ '^\+[1-9][0-9]{6,14}$'),
  entered_mode       text NOT NULL CHECK (entered_mode IN ('self','helper','staff','import','seed')),
  entered_by         uuid REFERENCES users(id),
  helper_name        text NOT NULL DEFAULT '',
  external_source    text,
  external_id        text,
  demo               boolean NOT NULL DEFAULT false,
  created_at         timestamptz NOT NULL,
  updated_at         timestamptz NOT NULL,
  version            integer NOT NULL DEFAULT 1,
  CHECK (given_names <> '' OR family_name <> '' OR entered_mode = 'import'),
  CHECK ((birth_precision = 'day') = (birth_date IS NOT NULL)),
  CHECK (birth_date IS NULL OR birth_year = extract(year FROM birth_date)),
  CHECK ((external_source IS NULL) = (external_id IS NULL))
);
CREATE UNIQUE INDEX persons_external ON persons(external_source, external_id) WHERE external_id IS NOT NULL;
CREATE INDEX persons_place ON persons(residence_place);
CREATE INDEX persons_region ON persons(residence_region);
CREATE INDEX persons_entered_by ON persons(entered_by);
ALTER TABLE users ADD FOREIGN KEY (person_id) REFERENCES persons(id);
ALTER TABLE messages ADD FOREIGN KEY (person_id) REFERENCES persons(id) ON DELETE CASCADE;

CREATE TABLE person_aliases (
  person_id uuid NOT NULL REFERENCES persons(id) ON DELETE CASCADE,
  position  smallint NOT NULL,
  kind      text NOT NULL CHECK (kind IN ('dit','maiden','other')),
  name      text NOT NULL CHECK (name <> ''),
  PRIMARY KEY (person_id, position)
);
CREATE TABLE person_phones (
  person_id   uuid NOT NULL REFERENCES persons(id) ON DELETE CASCADE,
  position    smallint NOT NULL,
  number      text NOT NULL CHECK (number ~ '^\+[1-9][0-9]{6,14}$'),
  owner       text NOT NULL DEFAULT 'own' CHECK (owner IN ('own','shared','helper')),
  helper_name text NOT NULL DEFAULT '',
  never_sms   boolean NOT NULL DEFAULT false,
  safe_from   time,
  safe_until  time,
  verified_at timestamptz,
  PRIMARY KEY (person_id, position),
  UNIQUE (person_id, number)
);
CREATE INDEX person_phones_number ON person_phones(number);
-- Keys under which staff find somebody: folded words of names and their sounds, the end of a phone number, reference, village.
CREATE TABLE person_name_keys (
  person_id uuid NOT NULL REFERENCES persons(id) ON DELETE CASCADE,
  key       text NOT NULL,
  PRIMARY KEY (key, person_id)
);
CREATE INDEX person_name_keys_person ON person_name_keys(person_id);
CREATE TABLE educations (
  person_id   uuid NOT NULL REFERENCES persons(id) ON DELETE CASCADE,
  position    smallint NOT NULL,
  kind        text NOT NULL CHECK (kind IN ('formal','medersa','koranic','nko','literacy','vocational')),
  isced_level smallint CHECK (isced_level BETWEEN 0 AND 8),
  isced_field text CHECK (isced_field ~ '^[0-9]{2,4}$'),
  diploma     text NOT NULL DEFAULT '',
  year        smallint CHECK (year BETWEEN 1930 AND 2100),
  country     text CHECK (country ~ '^[A-Z]{3}$'),
  recognition text NOT NULL DEFAULT 'none' CHECK (recognition IN ('none','applied','recognised','refused')),
  PRIMARY KEY (person_id, position)
);
CREATE TABLE experiences (
  person_id     uuid NOT NULL REFERENCES persons(id) ON DELETE CASCADE,
  position      smallint NOT NULL,
  title         text NOT NULL CHECK (title <> ''),
  occupation_id uuid REFERENCES concepts(id),
  link_score    smallint NOT NULL DEFAULT 0 CHECK (link_score BETWEEN 0 AND 100),
  isco          text CHECK (isco ~ '^[0-9]{1,4}$'),
  isic          text CHECK (isic ~ '^([A-U]|[0-9]{2})$'),
  employer      text NOT NULL DEFAULT '',
  country       text CHECK (country ~ '^[A-Z]{3}$'),
  kind          text NOT NULL DEFAULT 'waged' CHECK (kind IN ('waged','self_employed','family','trainee','unseen')),
  from_year     smallint CHECK (from_year BETWEEN 1930 AND 2100),
  until_year    smallint CHECK (until_year BETWEEN 1930 AND 2100),
  ongoing       boolean NOT NULL DEFAULT false,
  months        smallint NOT NULL DEFAULT 0 CHECK (months BETWEEN 0 AND 840),
  PRIMARY KEY (person_id, position),
  CHECK (from_year IS NULL OR until_year IS NULL OR from_year <= until_year)
);
CREATE INDEX experiences_occupation ON experiences(occupation_id);
CREATE TABLE person_skills (
  person_id  uuid NOT NULL REFERENCES persons(id) ON DELETE CASCADE,
  position   smallint NOT NULL,
  words      text NOT NULL CHECK (words <> ''),
  folded     text NOT NULL,
  concept_id uuid REFERENCES concepts(id),
  link_score smallint NOT NULL DEFAULT 0 CHECK (link_score BETWEEN 0 AND 100),
  evidence   text NOT NULL DEFAULT 'declared' CHECK (evidence IN ('declared','documented','assessed','certified')),
  acquired   text NOT NULL DEFAULT 'unknown' CHECK (acquired IN ('school','work','abroad','family','association','unknown')),
  PRIMARY KEY (person_id, position)
);
CREATE INDEX person_skills_concept ON person_skills(concept_id);
CREATE TABLE person_languages (
  person_id uuid NOT NULL REFERENCES persons(id) ON DELETE CASCADE,
  lang      text NOT NULL CHECK (lang ~ '^[a-z]{2,3}$'),
  speaking  text NOT NULL DEFAULT 'good' CHECK (speaking IN ('some','good','native')),
  reads     boolean NOT NULL DEFAULT false,
  PRIMARY KEY (person_id, lang)
);
CREATE TABLE person_licences (
  person_id uuid NOT NULL REFERENCES persons(id) ON DELETE CASCADE,
  category  text NOT NULL CHECK (category <> ''),
  country   text CHECK (country ~ '^[A-Z]{3}$'),
  until     date,
  PRIMARY KEY (person_id, category)
);
CREATE TABLE person_mobility (
  person_id  uuid NOT NULL REFERENCES persons(id) ON DELETE CASCADE,
  place_code text NOT NULL REFERENCES places(code),
  PRIMARY KEY (person_id, place_code)
);
CREATE INDEX person_mobility_place ON person_mobility(place_code);
-- Occupations looked for.
CREATE TABLE person_wishes (
  person_id     uuid NOT NULL REFERENCES persons(id) ON DELETE CASCADE,
  position      smallint NOT NULL,
  words         text NOT NULL CHECK (words <> ''),
  occupation_id uuid REFERENCES concepts(id),
  link_score    smallint NOT NULL DEFAULT 0 CHECK (link_score BETWEEN 0 AND 100),
  PRIMARY KEY (person_id, position)
);
CREATE INDEX person_wishes_occupation ON person_wishes(occupation_id);

CREATE TABLE migration_episodes (
  id          uuid PRIMARY KEY,
  person_id   uuid NOT NULL REFERENCES persons(id) ON DELETE CASCADE,
  country     text NOT NULL CHECK (country ~ '^[A-Z]{3}$'),
  role        text NOT NULL CHECK (role IN ('destination','transit')),
  reason      text NOT NULL DEFAULT 'not_said' CHECK (reason IN ('work','family','study','conflict','persecution','climate','other','not_said')),
  from_year   smallint CHECK (from_year BETWEEN 1930 AND 2100),
  until_year  smallint CHECK (until_year BETWEEN 1930 AND 2100),
  status      text NOT NULL DEFAULT 'not_said' CHECK (status IN ('regular','irregular','asylum','other','not_said')),
  occupation  text NOT NULL DEFAULT '',
  isco        text CHECK (isco ~ '^[0-9]{1,4}$'),
  isic        text CHECK (isic ~ '^([A-U]|[0-9]{2})$'),
  months      smallint CHECK (months BETWEEN 0 AND 840),
  return_mode text CHECK (return_mode IN ('voluntary','assisted','forced','humanitarian','state_evacuation','expulsion','not_said')),
  return_date date,
  programme   text NOT NULL DEFAULT '',
  created_by  uuid REFERENCES users(id),
  created_at  timestamptz NOT NULL,
  CHECK (from_year IS NULL OR until_year IS NULL OR from_year <= until_year)
);
CREATE INDEX migration_episodes_person ON migration_episodes(person_id);
CREATE INDEX migration_episodes_created_by ON migration_episodes(created_by);
CREATE TABLE displacements (
  id             uuid PRIMARY KEY,
  person_id      uuid NOT NULL REFERENCES persons(id) ON DELETE CASCADE,
  origin_place   text REFERENCES places(code),
  origin_detail  text NOT NULL DEFAULT '',
  date           date,
  cause          text NOT NULL DEFAULT 'not_said' CHECK (cause IN ('conflict','violence','disaster','climate','other','not_said')),
  intended_place text REFERENCES places(code),
  created_by     uuid REFERENCES users(id),
  created_at     timestamptz NOT NULL
);
CREATE INDEX displacements_person ON displacements(person_id);
CREATE INDEX displacements_origin ON displacements(origin_place);
CREATE INDEX displacements_intended ON displacements(intended_place);
CREATE INDEX displacements_created_by ON displacements(created_by);

CREATE TABLE consents (
  id             uuid PRIMARY KEY,
  person_id      uuid NOT NULL REFERENCES persons(id) ON DELETE CASCADE,
  purpose        text NOT NULL CHECK (purpose IN ('matching','sharing','follow_up','messages')),
  text_version   text NOT NULL,
  lang           text NOT NULL,
  mode           text NOT NULL CHECK (mode IN ('click','written','oral','thumbprint','representative','import')),
  witness        text NOT NULL DEFAULT '',
  representative text NOT NULL DEFAULT '',
  basis          text NOT NULL DEFAULT '',
  given_at       timestamptz NOT NULL,
  expires_at     timestamptz,
  withdrawn_at   timestamptz,
  replaced       boolean NOT NULL DEFAULT false, -- ended by a newer consent, not by the person
  recorded_by    uuid REFERENCES users(id),
  CHECK (mode NOT IN ('oral','thumbprint') OR witness <> ''),
  CHECK (mode <> 'representative' OR representative <> ''),
  CHECK (mode <> 'import' OR basis <> ''),
  CHECK (NOT replaced OR withdrawn_at IS NOT NULL),
  CHECK (expires_at IS NULL OR given_at < expires_at),
  CHECK (withdrawn_at IS NULL OR given_at <= withdrawn_at)
);
CREATE UNIQUE INDEX consents_live ON consents(person_id, purpose) WHERE withdrawn_at IS NULL;
CREATE INDEX consents_person ON consents(person_id);
CREATE INDEX consents_recorded_by ON consents(recorded_by);

CREATE TABLE registrations (
  id            uuid PRIMARY KEY,
  person_id     uuid NOT NULL UNIQUE REFERENCES persons(id) ON DELETE CASCADE,
  agency_id     uuid NOT NULL REFERENCES agencies(id),
  state         text NOT NULL CHECK (state IN ('draft','intake','active','lapsed','closed')),
  registered_on date NOT NULL,
  renew_by      date,
  closed_reason text CHECK (closed_reason IN ('job','training','left','duplicate','deceased','request','other')),
  version       integer NOT NULL DEFAULT 1,
  CHECK ((state = 'closed') = (closed_reason IS NOT NULL))
);
CREATE INDEX registrations_renewal ON registrations(renew_by) WHERE state = 'active';
CREATE INDEX registrations_agency ON registrations(agency_id, state, registered_on);
CREATE TABLE registration_history (
  id         uuid PRIMARY KEY,
  record_id  uuid NOT NULL REFERENCES registrations(id) ON DELETE CASCADE,
  transition text NOT NULL,
  from_state text NOT NULL,
  to_state   text NOT NULL,
  actor_id   uuid REFERENCES users(id),
  actor_role text NOT NULL,
  reason     text NOT NULL DEFAULT '',
  at         timestamptz NOT NULL
);
CREATE INDEX registration_history_record ON registration_history(record_id, at);
CREATE INDEX registration_history_actor ON registration_history(actor_id);

-- The public form while it is being filled in. Resuming needs the phone's code
-- and the second thing only the person knows.
CREATE TABLE registration_drafts (
  id          uuid PRIMARY KEY,
  token_hash  text NOT NULL UNIQUE,
  phone       text,
  secret_hash text,
  answers     jsonb NOT NULL DEFAULT '{}' CHECK (octet_length(answers::text) <= 65536),
  step        text NOT NULL DEFAULT '',
  lang        text NOT NULL,
  person_id   uuid REFERENCES persons(id) ON DELETE CASCADE,
  created_at  timestamptz NOT NULL,
  updated_at  timestamptz NOT NULL,
  expires_at  timestamptz NOT NULL,
  version     integer NOT NULL DEFAULT 1
);
CREATE INDEX registration_drafts_phone ON registration_drafts(phone);
CREATE INDEX registration_drafts_person ON registration_drafts(person_id);
CREATE INDEX registration_drafts_expires ON registration_drafts(expires_at);
-- Proof that a one-time code was right, while the second thing is asked for.
CREATE TABLE resume_tickets (
  hash       text PRIMARY KEY,
  phone      text NOT NULL,
  purpose    text NOT NULL CHECK (purpose IN ('sign_in','resume')),
  tries      smallint NOT NULL DEFAULT 0 CHECK (tries BETWEEN 0 AND 5),
  expires_at timestamptz NOT NULL,
  used_at    timestamptz
);
CREATE INDEX resume_tickets_expires ON resume_tickets(expires_at);
REVOKE UPDATE, DELETE ON registration_history FROM baara_app;

-- +goose Down
DROP TABLE resume_tickets, registration_drafts, registration_history, registrations, consents, displacements, migration_episodes,
  person_wishes, person_mobility, person_licences, person_languages, person_skills, experiences, educations,
  person_name_keys, person_phones, person_aliases;
ALTER TABLE users DROP CONSTRAINT users_person_id_fkey;
ALTER TABLE messages DROP CONSTRAINT messages_person_id_fkey;
DROP TABLE persons;
DROP SEQUENCE person_reference;
