-- +goose Up
CREATE TABLE taxonomy_versions (
  id          uuid PRIMARY KEY,
  scheme      text NOT NULL CHECK (scheme IN ('starter','esco')),
  version     text NOT NULL,
  source      text NOT NULL DEFAULT '',
  checksum    text NOT NULL DEFAULT '',
  imported_at timestamptz NOT NULL,
  UNIQUE (scheme, version)
);
CREATE TABLE concepts (
  id          uuid PRIMARY KEY,
  kind        text NOT NULL CHECK (kind IN ('occupation','skill')),
  uri         text NOT NULL UNIQUE,
  starter_id  text UNIQUE,
  isco        text CHECK (isco ~ '^[0-9]{4}$'),
  skill_kind  text CHECK (skill_kind IN ('skill','knowledge')),
  status      text NOT NULL DEFAULT 'active' CHECK (status IN ('active','obsolete')),
  replaced_by uuid REFERENCES concepts(id),
  version_id  uuid REFERENCES taxonomy_versions(id),
  CHECK (kind = 'skill' OR skill_kind IS NULL),
  CHECK (status = 'obsolete' OR replaced_by IS NULL)
);
CREATE INDEX concepts_replaced_by ON concepts(replaced_by);
CREATE INDEX concepts_version ON concepts(version_id);
CREATE INDEX concepts_isco ON concepts(isco) WHERE kind = 'occupation';
CREATE TABLE concept_labels (
  concept_id uuid NOT NULL REFERENCES concepts(id) ON DELETE CASCADE,
  lang       text NOT NULL,
  label      text NOT NULL CHECK (label <> ''),
  folded     text NOT NULL,
  preferred  boolean NOT NULL,
  reviewed   boolean NOT NULL DEFAULT true,
  source     text NOT NULL CHECK (source IN ('starter','esco','staff')),
  PRIMARY KEY (concept_id, lang, label)
);
CREATE UNIQUE INDEX concept_labels_preferred ON concept_labels(concept_id, lang) WHERE preferred;
CREATE INDEX concept_labels_folded ON concept_labels(folded text_pattern_ops);
CREATE TABLE concept_relations (
  from_id uuid NOT NULL REFERENCES concepts(id) ON DELETE CASCADE,
  to_id   uuid NOT NULL REFERENCES concepts(id) ON DELETE CASCADE,
  kind    text NOT NULL CHECK (kind IN ('essential','optional','broader','related')),
  source  text NOT NULL CHECK (source IN ('starter','esco','staff')),
  PRIMARY KEY (from_id, to_id, kind),
  CHECK (from_id <> to_id)
);
CREATE INDEX concept_relations_to ON concept_relations(to_id, kind);

-- +goose Down
DROP TABLE concept_relations, concept_labels, concepts, taxonomy_versions;
