package store

import (
	"context"

	"github.com/baara-platform/baara/domain"
	"github.com/baara-platform/baara/domain/place"
)

// Places keeps territories. It implements place.Store.
type Places struct{}

// Places gives the store of territories.
func (d *DB) Places() Places { return Places{} }

// Areas implements place.Store.
func (Places) Areas(ctx context.Context, t domain.Tx, country string) ([]place.Area, []place.Crosswalk, error) {
	const op = "store.Places.Areas"
	g := on(ctx, t)
	var rows []placeRow
	if err := g.Where("country = ? AND kind <> 'country'", country).Order("code").Find(&rows).Error; err != nil {
		return nil, nil, fault(op, err)
	}
	var names []placeNameRow
	err := g.Where("place_code IN (SELECT code FROM places WHERE country = ?)", country).Find(&names).Error
	if err != nil {
		return nil, nil, fault(op, err)
	}
	var walks []crosswalkRow
	err = g.Where("new_code IN (SELECT code FROM places WHERE country = ?)", country).Order("new_code, old_code").Find(&walks).Error
	if err != nil {
		return nil, nil, fault(op, err)
	}
	byCode := map[string]domain.Names{}
	for _, n := range names {
		if byCode[n.PlaceCode] == nil {
			byCode[n.PlaceCode] = domain.Names{}
		}
		byCode[n.PlaceCode][n.Lang] = n.Name
	}
	areas := make([]place.Area, len(rows))
	for i, r := range rows {
		areas[i] = r.toDomain(byCode[r.Code])
	}
	crosswalk := make([]place.Crosswalk, len(walks))
	for i, w := range walks {
		crosswalk[i] = place.Crosswalk{Code: w.NewCode, Former: w.OldCode, Whole: w.Whole, Source: w.Source}
	}
	return areas, crosswalk, nil
}

// SaveAreas implements place.Store. One statement holds all areas, so that
// their order does not matter to the foreign keys.
func (Places) SaveAreas(ctx context.Context, t domain.Tx, areas []place.Area, crosswalk []place.Crosswalk) (int, error) {
	const op = "store.Places.SaveAreas"
	g := on(ctx, t)
	var code, kind, parent, country, iso, national, from, to, source textArray
	var named, lang, name textArray
	for _, a := range areas {
		code, kind, parent, country = append(code, a.Code), append(kind, string(a.Kind)), append(parent, a.Parent), append(country, a.Country)
		iso, national, source = append(iso, a.ISO), append(national, a.National), append(source, a.Source)
		from, to = append(from, a.From.String()), append(to, a.To.String())
		for l, n := range a.Names {
			named, lang, name = append(named, a.Code), append(lang, l), append(name, n)
		}
	}
	result := g.Exec(`INSERT INTO places (code, kind, parent_code, country, iso_code, national_code, valid_from, valid_to, source)
		SELECT c, k, nullif(p, ''), y, nullif(i, ''), nullif(n, ''), nullif(f, '')::date, nullif(t, '')::date, s
		FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[]) AS u(c, k, p, y, i, n, f, t, s)
		ON CONFLICT (code) DO UPDATE SET kind = excluded.kind, parent_code = excluded.parent_code, country = excluded.country,
			iso_code = excluded.iso_code, national_code = excluded.national_code,
			valid_from = excluded.valid_from, valid_to = excluded.valid_to, source = excluded.source
		WHERE (places.kind, places.parent_code, places.country, places.iso_code, places.national_code, places.valid_from, places.valid_to, places.source)
			IS DISTINCT FROM (excluded.kind, excluded.parent_code, excluded.country, excluded.iso_code, excluded.national_code, excluded.valid_from, excluded.valid_to, excluded.source)`,
		code, kind, parent, country, iso, national, from, to, source)
	if result.Error != nil {
		return 0, fault(op, result.Error)
	}
	changed := result.RowsAffected
	result = g.Exec(`INSERT INTO place_names (place_code, lang, name) SELECT * FROM unnest(?::text[], ?::text[], ?::text[])
		ON CONFLICT (place_code, lang) DO UPDATE SET name = excluded.name WHERE place_names.name <> excluded.name`, named, lang, name)
	if result.Error != nil {
		return 0, fault(op, result.Error)
	}
	changed += result.RowsAffected
	var older, newer, why textArray
	var whole boolArray
	for _, w := range crosswalk {
		older, newer, why, whole = append(older, w.Former), append(newer, w.Code), append(why, w.Source), append(whole, w.Whole)
	}
	result = g.Exec(`INSERT INTO place_crosswalk (old_code, new_code, source, whole)
		SELECT * FROM unnest(?::text[], ?::text[], ?::text[], ?::boolean[])
		ON CONFLICT (old_code, new_code) DO UPDATE SET source = excluded.source, whole = excluded.whole
		WHERE (place_crosswalk.source, place_crosswalk.whole) IS DISTINCT FROM (excluded.source, excluded.whole)`, older, newer, why, whole)
	if result.Error != nil {
		return 0, fault(op, result.Error)
	}
	if changed += result.RowsAffected; changed > 0 {
		return int(changed), newEdition(g)
	}
	return 0, nil
}
