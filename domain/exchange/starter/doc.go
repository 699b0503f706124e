// Package starter holds the reference data Baara ships, as CSV files of its
// own with their sources named beside them, and reads them.
//
// world/ is the same everywhere: countries, their groups, languages of wider
// use. mali/ is the pack of a country; another country is another folder of
// the same shape. classification/ has ISCO-08, ISIC Rev.4, ISCED 2011 and
// ISCED-F. taxonomy/ has occupations and skills with everyday words, one pair
// of files a sector.
//
// The files are checked when read: a mistake in them is an error at start and
// in the tests, never a gap on a page.
package starter

import "embed"

//go:embed classification/*.csv world/*.csv mali/*.csv taxonomy/*.csv
var files embed.FS
