// Package place knows countries and territories, and the short lists that
// belong to a country: its languages, driving licences and minimum wages.
//
// A [Gazetteer] answers without a database: it is built once from the world's
// data and a country's pack and never changes. A [Directory] holds the present
// gazetteer of the process; territories may be added to the database by import,
// and [Directory.Refresh] builds the next gazetteer from it.
//
// Territories and groups of countries are dated. A code once given means the
// same land for ever; when the law redraws the map, new codes appear and a
// crosswalk tells which older area they lie in, so that series stay comparable.
// Country codes are ISO 3166-1 alpha-3; area codes are Baara's own and stable.
//
// What it does not know: distances, maps, and who lives where.
package place
