-- +goose Up
-- A password that somebody else made and handed over is known to two people:
-- it opens the account until this moment, and only for its holder to choose
-- another. NULL once the holder has.
ALTER TABLE users ADD COLUMN password_until timestamptz;

-- +goose Down
ALTER TABLE users DROP COLUMN password_until;
