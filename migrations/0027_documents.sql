-- +goose Up
-- Papers people bring. The body is sealed with the key of whom it is about;
-- whom it belongs to may change by a merge, whose key opens it does not.
CREATE TABLE documents (
  id         uuid PRIMARY KEY,
  person_id  uuid NOT NULL REFERENCES persons(id) ON DELETE CASCADE,
  subject_id uuid NOT NULL, -- whose key seals title and body
  kind       text NOT NULL CHECK (kind IN ('diploma','certificate','work_reference','identity_card','other')),
  format     text NOT NULL CHECK (format IN ('pdf','jpeg','png')),
  size       integer NOT NULL CHECK (size BETWEEN 1 AND 5242880),
  title      bytea,
  body       bytea NOT NULL,
  added_by   uuid NOT NULL REFERENCES users(id),
  added_at   timestamptz NOT NULL
);
CREATE INDEX documents_person ON documents(person_id, added_at);
CREATE INDEX documents_added_by ON documents(added_by);
ALTER TABLE documents ALTER COLUMN body SET STORAGE EXTERNAL; -- sealed bytes do not get smaller
ALTER TABLE documents ENABLE ROW LEVEL SECURITY;
ALTER TABLE documents FORCE ROW LEVEL SECURITY;
REVOKE UPDATE ON documents FROM baara_app;
CREATE POLICY system ON documents TO baara_system USING (true) WITH CHECK (true);
CREATE POLICY read ON documents FOR SELECT TO baara_app USING (rls.serves(person_id));
CREATE POLICY add ON documents FOR INSERT TO baara_app WITH CHECK (added_by = (SELECT rls.user_id()) AND rls.serves(person_id));
CREATE POLICY remove ON documents FOR DELETE TO baara_app USING (rls.serves(person_id));

-- +goose Down
DROP TABLE documents;
