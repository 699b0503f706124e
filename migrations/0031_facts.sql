-- +goose Up
-- What statistics need of somebody, without who it is: no name, contact, day
-- or word. A row is found from the person by a random number, and stays when
-- the person is erased: then nothing leads from one to the other.
CREATE TABLE person_facts (
  id                uuid PRIMARY KEY,
  birth_band        smallint CHECK (birth_band % 5 = 0), -- first of five years
  sex               text NOT NULL,
  region            text,
  place             text,
  country           text,
  nationalities     text[] NOT NULL DEFAULT '{}',
  birth_country     text,
  population_groups text[] NOT NULL DEFAULT '{}',
  worked_abroad     text NOT NULL,
  isced_level       smallint,
  registered_year   smallint NOT NULL,
  corridor          text[] NOT NULL DEFAULT '{}', -- countries of the journey, in its order
  years_abroad      smallint,
  return_mode       text
);
-- Without a foreign key: the fact outlives the person.
ALTER TABLE persons ADD COLUMN facts_id uuid NOT NULL DEFAULT gen_random_uuid();
CREATE UNIQUE INDEX persons_facts ON persons(facts_id);
ALTER TABLE person_facts ENABLE ROW LEVEL SECURITY;
ALTER TABLE person_facts FORCE ROW LEVEL SECURITY;
-- Nobody reads them yet but Baara itself; they are written with the record.
REVOKE ALL ON person_facts FROM baara_app;
CREATE POLICY system ON person_facts TO baara_system USING (true) WITH CHECK (true);
CREATE POLICY keeper ON person_facts TO baara_keeper USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE ON person_facts TO baara_keeper;
GRANT SELECT (facts_id, sex, birth_year, nationalities, birth_country, residence_country, residence_place, residence_region, population_groups,
  worked_abroad, isced_level, created_at) ON persons TO baara_keeper;
GRANT SELECT (person_id, country, from_year, until_year, return_mode, created_at, id) ON migration_episodes TO baara_keeper;
CREATE POLICY keeper ON migration_episodes FOR SELECT TO baara_keeper USING (true);
-- Takes the facts of people whose record this transaction wrote.
-- +goose StatementBegin
CREATE FUNCTION rls.keep_facts(ids uuid[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  INSERT INTO person_facts
  SELECT p.facts_id, p.birth_year / 5 * 5, p.sex, p.residence_region, p.residence_place, p.residence_country, p.nationalities, p.birth_country,
    p.population_groups, p.worked_abroad, p.isced_level, extract(year FROM p.created_at),
    coalesce(e.corridor, '{}'), e.years, e.return_mode
  FROM persons p LEFT JOIN LATERAL (
    SELECT array_agg(m.country ORDER BY m.from_year NULLS LAST, m.created_at, m.id) AS corridor, sum(m.until_year - m.from_year)::smallint AS years,
      (array_agg(m.return_mode ORDER BY m.until_year DESC NULLS LAST, m.id) FILTER (WHERE m.return_mode IS NOT NULL))[1] AS return_mode
    FROM migration_episodes m WHERE m.person_id = p.id) e ON true
  WHERE p.id = ANY(ids) AND p.xmin = pg_current_xact_id_if_assigned()::xid
  ON CONFLICT (id) DO UPDATE SET birth_band = excluded.birth_band, sex = excluded.sex, region = excluded.region, place = excluded.place,
    country = excluded.country, nationalities = excluded.nationalities, birth_country = excluded.birth_country,
    population_groups = excluded.population_groups, worked_abroad = excluded.worked_abroad, isced_level = excluded.isced_level,
    corridor = excluded.corridor, years_abroad = excluded.years_abroad, return_mode = excluded.return_mode;
END $$;
-- +goose StatementEnd
GRANT CREATE ON SCHEMA rls TO baara_keeper;
ALTER FUNCTION rls.keep_facts(uuid[]) OWNER TO baara_keeper;
REVOKE CREATE ON SCHEMA rls FROM baara_keeper;
REVOKE ALL ON FUNCTION rls.keep_facts(uuid[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION rls.keep_facts(uuid[]) TO baara_app, baara_system;
-- Of people who are there already.
ALTER TABLE persons NO FORCE ROW LEVEL SECURITY;
ALTER TABLE migration_episodes NO FORCE ROW LEVEL SECURITY;
ALTER TABLE person_facts NO FORCE ROW LEVEL SECURITY;
INSERT INTO person_facts
  SELECT p.facts_id, p.birth_year / 5 * 5, p.sex, p.residence_region, p.residence_place, p.residence_country, p.nationalities, p.birth_country,
    p.population_groups, p.worked_abroad, p.isced_level, extract(year FROM p.created_at),
    coalesce(e.corridor, '{}'), e.years, e.return_mode
  FROM persons p LEFT JOIN LATERAL (
    SELECT array_agg(m.country ORDER BY m.from_year NULLS LAST, m.created_at, m.id) AS corridor, sum(m.until_year - m.from_year)::smallint AS years,
      (array_agg(m.return_mode ORDER BY m.until_year DESC NULLS LAST, m.id) FILTER (WHERE m.return_mode IS NOT NULL))[1] AS return_mode
    FROM migration_episodes m WHERE m.person_id = p.id) e ON true;
ALTER TABLE persons FORCE ROW LEVEL SECURITY;
ALTER TABLE migration_episodes FORCE ROW LEVEL SECURITY;
ALTER TABLE person_facts FORCE ROW LEVEL SECURITY;

-- +goose Down
DROP FUNCTION rls.keep_facts(uuid[]);
DROP POLICY keeper ON migration_episodes;
REVOKE SELECT (person_id, country, from_year, until_year, return_mode, created_at, id) ON migration_episodes FROM baara_keeper;
REVOKE SELECT (sex, birth_year, nationalities, birth_country, residence_country, residence_place, residence_region, population_groups,
  worked_abroad, isced_level, created_at) ON persons FROM baara_keeper;
ALTER TABLE persons DROP COLUMN facts_id;
DROP TABLE person_facts;
