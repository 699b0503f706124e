-- +goose Up
-- Matching must know whether the order of somebody's work is that of time: it
-- is where another system told it, and is not where our own form asked.
GRANT SELECT (entered_mode) ON persons TO baara_index;

-- +goose Down
REVOKE SELECT (entered_mode) ON persons FROM baara_index;
