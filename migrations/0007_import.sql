-- +goose Up
-- What an import read last for a record of another system, so that the same
-- row again is passed over without being read, linked or compared.
CREATE TABLE imported_rows (
  kind        text NOT NULL CHECK (kind IN ('person','vacancy')),
  source      text NOT NULL,
  external_id text NOT NULL,
  fingerprint text NOT NULL,
  at          timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (kind, source, external_id)
);

-- +goose Down
DROP TABLE imported_rows;
