-- +goose Up
CREATE SEQUENCE organisation_reference;
CREATE SEQUENCE vacancy_reference;
CREATE TABLE organisations (
  id              uuid PRIMARY KEY,
  reference       text NOT NULL UNIQUE,
  kind            text NOT NULL CHECK (kind IN ('company','workshop','bureau','public','ngo','household')),
  legal_name      text NOT NULL CHECK (legal_name <> ''),
  folded          text NOT NULL DEFAULT '', -- names and numbers as words are compared
  trade_name      text NOT NULL DEFAULT '',
  rccm            text,
  nif             text,
  isic            text CHECK (isic ~ '^([A-U]|[0-9]{2})$'),
  size            text NOT NULL DEFAULT 'unknown' CHECK (size IN ('1','2-9','10-49','50-249','250+','unknown')),
  place_code      text REFERENCES places(code),
  address         text NOT NULL DEFAULT '',
  contact_name    text NOT NULL DEFAULT '',
  phone           text CHECK (phone ~ '^\+[1-9][0-9]{6,14}$'),
  email           text,
  verification    text NOT NULL DEFAULT 'pending' CHECK (verification IN ('pending','first','verified','refused')),
  first_by        uuid REFERENCES users(id),
  first_at        timestamptz,
  second_by       uuid REFERENCES users(id),
  second_at       timestamptz,
  refusal         text NOT NULL DEFAULT '',
  agency_id       uuid REFERENCES agencies(id),
  external_source text,
  external_id     text,
  demo            boolean NOT NULL DEFAULT false,
  created_at      timestamptz NOT NULL,
  updated_at      timestamptz NOT NULL,
  version         integer NOT NULL DEFAULT 1,
  CHECK (first_by IS NULL OR second_by IS NULL OR first_by <> second_by),
  CHECK (verification <> 'verified' OR (first_by IS NOT NULL AND second_by IS NOT NULL)),
  CHECK (verification <> 'refused' OR refusal <> ''),
  CHECK ((external_source IS NULL) = (external_id IS NULL))
);
CREATE UNIQUE INDEX organisations_external ON organisations(external_source, external_id) WHERE external_id IS NOT NULL;
CREATE INDEX organisations_place ON organisations(place_code);
CREATE INDEX organisations_agency ON organisations(agency_id);
CREATE INDEX organisations_first_by ON organisations(first_by);
CREATE INDEX organisations_second_by ON organisations(second_by);
CREATE TABLE organisation_members (
  organisation_id uuid NOT NULL REFERENCES organisations(id) ON DELETE CASCADE,
  user_id         uuid NOT NULL REFERENCES users(id) ON DELETE CASCADE,
  since           date NOT NULL,
  until           date,
  PRIMARY KEY (user_id, organisation_id, since),
  CHECK (until IS NULL OR since <= until)
);
CREATE UNIQUE INDEX organisation_members_current ON organisation_members(user_id) WHERE until IS NULL;
CREATE INDEX organisation_members_organisation ON organisation_members(organisation_id);

CREATE TABLE vacancies (
  id                uuid PRIMARY KEY,
  reference         text NOT NULL UNIQUE,
  organisation_id   uuid REFERENCES organisations(id),
  client_name       text NOT NULL DEFAULT '',
  source            text NOT NULL CHECK (source IN ('online','phone','newspaper','radio','visit','import','seed')),
  source_detail     text NOT NULL DEFAULT '',
  recorded_by       uuid REFERENCES users(id),
  agency_id         uuid REFERENCES agencies(id),
  title             text NOT NULL CHECK (title <> ''),
  folded            text NOT NULL DEFAULT '', -- title, employer's name and reference as words are compared
  description       text NOT NULL DEFAULT '',
  lang              text NOT NULL DEFAULT 'fr',
  occupation_id     uuid REFERENCES concepts(id),
  link_score        smallint NOT NULL DEFAULT 0 CHECK (link_score BETWEEN 0 AND 100),
  isco              text CHECK (isco ~ '^[0-9]{1,4}$'),
  posts             integer NOT NULL CHECK (posts BETWEEN 1 AND 10000),
  posts_filled      integer NOT NULL DEFAULT 0,
  contract_kind     text NOT NULL DEFAULT '' CHECK (contract_kind IN ('','permanent','fixed_term','daily','seasonal','internship','apprenticeship','public_works','self_employment','abroad')),
  wage_min          bigint CHECK (wage_min > 0),
  wage_max          bigint CHECK (wage_max > 0),
  wage_period       text NOT NULL DEFAULT 'month' CHECK (wage_period IN ('hour','day','week','month','year','task')),
  place_code        text REFERENCES places(code),
  abroad_country    text CHECK (abroad_country ~ '^[A-Z]{3}$'),
  isced_min         smallint NOT NULL DEFAULT 0 CHECK (isced_min BETWEEN 0 AND 8),
  experience_months integer NOT NULL DEFAULT 0 CHECK (experience_months BETWEEN 0 AND 600),
  starts_on         date,
  open_until        date,
  fee_free          boolean NOT NULL DEFAULT false,
  state             text NOT NULL CHECK (state IN ('draft','submitted','published','returned','held','suspended','partly_filled','filled','expired','withdrawn')),
  suspended_from    text CHECK (suspended_from IN ('published','partly_filled')),
  reason            text NOT NULL DEFAULT '',
  published_at      timestamptz,
  confirmed_at      timestamptz,
  external_source   text,
  external_id       text,
  demo              boolean NOT NULL DEFAULT false,
  created_at        timestamptz NOT NULL,
  updated_at        timestamptz NOT NULL,
  version           integer NOT NULL DEFAULT 1,
  CHECK (posts_filled BETWEEN 0 AND posts),
  CHECK (contract_kind <> '' OR state IN ('draft','returned','withdrawn') OR source = 'import'),
  CHECK (state <> 'filled' OR posts_filled = posts),
  CHECK (state <> 'published' OR posts_filled = 0),
  CHECK (state <> 'partly_filled' OR posts_filled BETWEEN 1 AND posts - 1),
  CHECK (wage_min IS NULL OR wage_max IS NULL OR wage_min <= wage_max),
  CHECK (organisation_id IS NOT NULL OR client_name <> '' OR source = 'import'),
  CHECK (state NOT IN ('published','partly_filled','filled') OR (fee_free AND published_at IS NOT NULL)),
  CHECK ((state = 'suspended') = (suspended_from IS NOT NULL)),
  CHECK (place_code IS NULL OR abroad_country IS NULL),
  CHECK ((external_source IS NULL) = (external_id IS NULL))
);
CREATE UNIQUE INDEX vacancies_external ON vacancies(external_source, external_id) WHERE external_id IS NOT NULL;
CREATE INDEX vacancies_organisation ON vacancies(organisation_id);
CREATE INDEX vacancies_recorded_by ON vacancies(recorded_by);
CREATE INDEX vacancies_agency ON vacancies(agency_id);
CREATE INDEX vacancies_occupation ON vacancies(occupation_id);
CREATE INDEX vacancies_place ON vacancies(place_code);
CREATE INDEX vacancies_state ON vacancies(state, id);
CREATE TABLE vacancy_skills (
  vacancy_id uuid NOT NULL REFERENCES vacancies(id) ON DELETE CASCADE,
  position   smallint NOT NULL,
  words      text NOT NULL CHECK (words <> ''),
  folded     text NOT NULL,
  concept_id uuid REFERENCES concepts(id),
  link_score smallint NOT NULL DEFAULT 0 CHECK (link_score BETWEEN 0 AND 100),
  importance text NOT NULL CHECK (importance IN ('essential','optional')),
  PRIMARY KEY (vacancy_id, position)
);
CREATE INDEX vacancy_skills_concept ON vacancy_skills(concept_id);
CREATE TABLE vacancy_languages (
  vacancy_id uuid NOT NULL REFERENCES vacancies(id) ON DELETE CASCADE,
  lang       text NOT NULL CHECK (lang ~ '^[a-z]{2,3}$'),
  PRIMARY KEY (vacancy_id, lang)
);
CREATE TABLE vacancy_licences (
  vacancy_id uuid NOT NULL REFERENCES vacancies(id) ON DELETE CASCADE,
  category   text NOT NULL CHECK (category <> ''),
  PRIMARY KEY (vacancy_id, category)
);
CREATE TABLE vacancy_history (
  id         uuid PRIMARY KEY,
  record_id  uuid NOT NULL REFERENCES vacancies(id) ON DELETE CASCADE,
  transition text NOT NULL,
  from_state text NOT NULL,
  to_state   text NOT NULL,
  actor_id   uuid REFERENCES users(id),
  actor_role text NOT NULL,
  reason     text NOT NULL DEFAULT '',
  at         timestamptz NOT NULL
);
CREATE INDEX vacancy_history_record ON vacancy_history(record_id, at);
CREATE INDEX vacancy_history_actor ON vacancy_history(actor_id);
REVOKE UPDATE, DELETE ON vacancy_history FROM baara_app;

-- +goose Down
DROP TABLE vacancy_history, vacancy_licences, vacancy_languages, vacancy_skills, vacancies, organisation_members, organisations;
DROP SEQUENCE vacancy_reference;
DROP SEQUENCE organisation_reference;
