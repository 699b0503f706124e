-- +goose Up
CREATE TABLE case_files (
  id              uuid PRIMARY KEY,
  person_id       uuid NOT NULL REFERENCES persons(id) ON DELETE CASCADE,
  owner_id        uuid NOT NULL REFERENCES users(id),
  agency_id       uuid NOT NULL REFERENCES agencies(id),
  stage           text NOT NULL CHECK (stage IN ('assessment','plan','active','placed','follow_up','suspended','closed')),
  suspended_from  text CHECK (suspended_from IN ('assessment','plan','active','placed','follow_up')),
  suspended_until date,
  close_reason    text CHECK (close_reason IN ('placed_stable','self_employed','training','left','re_emigrated','deceased','lost','request','other')),
  opened_at       timestamptz NOT NULL,
  closed_at       timestamptz,
  last_contact_at timestamptz,
  demo            boolean NOT NULL DEFAULT false,
  version         integer NOT NULL DEFAULT 1,
  CHECK ((stage = 'suspended') = (suspended_from IS NOT NULL)),
  CHECK (stage <> 'suspended' OR suspended_until IS NOT NULL),
  CHECK ((stage = 'closed') = (closed_at IS NOT NULL)),
  CHECK ((stage = 'closed') = (close_reason IS NOT NULL)),
  CHECK (closed_at IS NULL OR opened_at <= closed_at)
);
CREATE UNIQUE INDEX case_files_live ON case_files(person_id) WHERE stage <> 'closed';
CREATE INDEX case_files_person ON case_files(person_id);
CREATE INDEX case_files_owner ON case_files(owner_id, stage);
CREATE INDEX case_files_agency ON case_files(agency_id, stage);
CREATE TABLE case_shares (
  id          uuid PRIMARY KEY,
  case_id     uuid NOT NULL REFERENCES case_files(id) ON DELETE CASCADE,
  user_id     uuid REFERENCES users(id),
  agency_id   uuid REFERENCES agencies(id),
  reason      text NOT NULL DEFAULT '',
  since       timestamptz NOT NULL,
  until       timestamptz NOT NULL,
  shared_by   uuid NOT NULL REFERENCES users(id),
  CHECK ((user_id IS NULL) <> (agency_id IS NULL)),
  CHECK (since < until)
);
CREATE INDEX case_shares_case ON case_shares(case_id);
CREATE INDEX case_shares_user ON case_shares(user_id);
CREATE INDEX case_shares_agency ON case_shares(agency_id);
CREATE INDEX case_shares_shared_by ON case_shares(shared_by);
CREATE TABLE plan_goals (
  id            uuid PRIMARY KEY,
  case_id       uuid NOT NULL REFERENCES case_files(id) ON DELETE CASCADE,
  words         text NOT NULL CHECK (words <> ''),
  occupation_id uuid REFERENCES concepts(id),
  due_on        date,
  state         text NOT NULL DEFAULT 'open' CHECK (state IN ('open','reached','dropped')),
  created_by    uuid NOT NULL REFERENCES users(id),
  created_at    timestamptz NOT NULL,
  version       integer NOT NULL DEFAULT 1
);
CREATE INDEX plan_goals_case ON plan_goals(case_id);
CREATE INDEX plan_goals_occupation ON plan_goals(occupation_id);
CREATE INDEX plan_goals_created_by ON plan_goals(created_by);
CREATE TABLE plan_actions (
  id         uuid PRIMARY KEY,
  case_id    uuid NOT NULL REFERENCES case_files(id) ON DELETE CASCADE,
  goal_id    uuid REFERENCES plan_goals(id) ON DELETE CASCADE,
  words      text NOT NULL CHECK (words <> ''),
  doer       text NOT NULL CHECK (doer IN ('jobseeker','counsellor','partner')),
  due_on     date,
  state      text NOT NULL DEFAULT 'open' CHECK (state IN ('open','done','dropped')),
  done_at    timestamptz,
  created_by uuid NOT NULL REFERENCES users(id),
  created_at timestamptz NOT NULL,
  version    integer NOT NULL DEFAULT 1,
  CHECK ((state = 'done') = (done_at IS NOT NULL))
);
CREATE INDEX plan_actions_case ON plan_actions(case_id);
CREATE INDEX plan_actions_goal ON plan_actions(goal_id);
CREATE INDEX plan_actions_due ON plan_actions(due_on) WHERE state = 'open';
CREATE INDEX plan_actions_created_by ON plan_actions(created_by);
-- Barriers are needs, never diagnoses.
CREATE TABLE case_barriers (
  case_id uuid NOT NULL REFERENCES case_files(id) ON DELETE CASCADE,
  kind    text NOT NULL CHECK (kind IN ('housing','money','papers','mobility','care_visit','childcare','language','digital','other')),
  detail  text NOT NULL DEFAULT '',
  PRIMARY KEY (case_id, kind)
);
CREATE TABLE notes (
  id         uuid PRIMARY KEY,
  case_id    uuid NOT NULL REFERENCES case_files(id) ON DELETE CASCADE,
  author_id  uuid NOT NULL REFERENCES users(id),
  visibility text NOT NULL CHECK (visibility IN ('file','team','author')),
  contact    text NOT NULL DEFAULT 'none' CHECK (contact IN ('none','call','visit','sms','interview')),
  body       text NOT NULL CHECK (body <> ''),
  amends_id  uuid REFERENCES notes(id),
  at         timestamptz NOT NULL
);
CREATE INDEX notes_case ON notes(case_id, at);
CREATE INDEX notes_author ON notes(author_id);
CREATE INDEX notes_amends ON notes(amends_id);
CREATE TABLE case_history (
  id         uuid PRIMARY KEY,
  record_id  uuid NOT NULL REFERENCES case_files(id) ON DELETE CASCADE,
  transition text NOT NULL,
  from_state text NOT NULL,
  to_state   text NOT NULL,
  actor_id   uuid REFERENCES users(id),
  actor_role text NOT NULL,
  reason     text NOT NULL DEFAULT '',
  at         timestamptz NOT NULL
);
CREATE INDEX case_history_record ON case_history(record_id, at);
CREATE INDEX case_history_actor ON case_history(actor_id);
REVOKE UPDATE, DELETE ON notes, case_history FROM baara_app;

-- +goose Down
DROP TABLE case_history, notes, case_barriers, plan_actions, plan_goals, case_shares, case_files;
