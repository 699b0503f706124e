package v1_test

import (
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/danielgtaylor/huma/v2"
)

// value makes a value of a schema; at says where in the request it goes.
func (r *run) value(q *request, at string, schema *huma.Schema, depth int) any {
	schema, _ = r.pool.resolve(schema, nil)
	key := q.op.OperationID + " " + at
	if len(schema.Enum) > 0 {
		return schema.Enum[r.pick(len(schema.Enum), false, func(i int) choice { return choice{key: fmt.Sprint(key, "=", schema.Enum[i]), at: at} })]
	}
	switch schema.Type {
	case huma.TypeObject:
		out := object{}
		for _, name := range sortedKeys(schema.Properties) {
			if schema.Properties[name].ReadOnly {
				continue
			}
			inside := at + "." + name
			if slices.Contains(schema.Required, name) || r.wants(q, inside) && depth < 6 {
				out[name] = r.value(q, inside, schema.Properties[name], depth+1)
			}
		}
		return out
	case huma.TypeArray:
		least, most := 0, 3
		if schema.MinItems != nil {
			least = *schema.MinItems
		}
		if schema.MaxItems != nil {
			most = min(most, *schema.MaxItems)
		}
		out := make([]any, 0, most)
		for range least + r.pick(max(1, most-least+1), false, func(i int) choice { return choice{key: fmt.Sprint(key, "#", i), at: at + "#"} }) {
			out = append(out, r.value(q, at+"[]", schema.Items, depth+1))
		}
		return out
	case huma.TypeInteger:
		return r.integer(q, at, schema)
	case huma.TypeBoolean:
		return r.pick(2, false, func(i int) choice { return choice{key: fmt.Sprint(key, "=", i), at: at} }) == 1
	case huma.TypeString:
		return r.text(q, at, schema)
	}
	return nil
}

func (r *run) integer(q *request, at string, schema *huma.Schema) int64 {
	least, most := int64(0), int64(50)
	if schema.Minimum != nil {
		least, most = int64(*schema.Minimum), int64(*schema.Minimum)+50
	}
	if schema.Maximum != nil {
		most = int64(*schema.Maximum)
	}
	small := func() int64 { return least + r.dice.Int64N(min(most-least, 3)+1) }
	ways := []func() int64{
		small,
		func() int64 { return 1990 + r.dice.Int64N(36) }, // a year, where the document bounds none
		func() int64 { return least + r.dice.Int64N(most-least+1) },
		func() int64 {
			if schema.Maximum == nil {
				return []int64{math.MaxInt32, math.MaxInt32 + 1, math.MaxInt64}[r.dice.IntN(3)]
			}
			return most
		},
	}
	i := r.pick(len(ways), false, func(i int) choice { return choice{key: fmt.Sprintf("%s %s:%d", q.op.OperationID, at, i), at: at} })
	return ways[i]()
}

// known values are those that no document and no answer tells, by the last part of where they go.
func (r *run) known(name string) []string {
	n := r.w.next()
	switch name {
	case "number", "phone", "guardian_phone":
		return []string{fmt.Sprintf("7%07d", n), "+22370000001"}
	case "email", "value":
		return []string{fmt.Sprintf("contract%d@example.org", n)}
	case "password":
		return []string{password}
	case "secret":
		return []string{"kalanso"}
	case "place", "region", "within", "intended_place", "origin_place", "places[]", "serves[]":
		return []string{"BKO", "KAY", "SEG"}
	case "country", "birth_country", "nationalities[]", "abroad_country":
		return []string{"MLI", "CIV", "LBY"}
	case "isco":
		return []string{"7112", "5120"}
	case "isic":
		return []string{"41", "F"}
	case "field":
		return []string{"0732"}
	case "code":
		return []string{"bm", "fr", "BKO"}
	case "language", "languages[]", "lang":
		return []string{"bm", "fr"}
	case "category", "licences[]":
		return []string{"B", "C"}
	case "nina":
		return []string{fmt.Sprintf("1%013dA", n)}
	case "title", "words":
		return []string{"maçon", "monter un mur en briques"}
	case "scopes[]":
		return []string{"vacancy.*", "jobseeker.read"}
	case "issuer":
		return []string{"https://id.example"}
	case "safe_from", "safe_until":
		return []string{"08:00", "18:30"}
	case "name":
		return []string{"isco", "isic", "Oumou Keïta"}
	case "reason":
		return []string{"job", "left"}
	case "kind":
		return []string{"email"}
	}
	return nil
}

func (r *run) text(q *request, at string, schema *huma.Schema) string {
	name := lastOf(at)
	switch schema.Format {
	case "uuid":
		if e := r.someone(q, r.pool.kindFor(trimIndex(name)), q.op.OperationID+" "+at, at); e != nil {
			return e.id
		}
		return "01900000-0000-7000-8000-00000000dead"
	case "date":
		return r.day().Format(time.DateOnly)
	case "date-time":
		return r.day().UTC().Format(time.RFC3339)
	}
	known, heard := r.known(name), r.pool.values[trimIndex(name)]
	ways := []func() string{
		func() string { return plain[r.dice.IntN(len(plain))] },
		func() string { return strange[r.dice.IntN(len(strange))] },
	}
	if len(known) > 0 {
		ways = append(ways, func() string { return known[r.dice.IntN(len(known))] })
	}
	if len(heard) > 0 {
		ways = append(ways, func() string {
			back := r.dice.Float64()
			return heard[len(heard)-1-int(float64(len(heard))*back*back*back)]
		})
	}
	if len(ways) == 2 && !r.chance(0.15) {
		ways = ways[:1]
	}
	i := r.pick(len(ways), false, func(i int) choice {
		return choice{key: fmt.Sprintf("%s %s~%d of %d", q.op.OperationID, at, i, len(ways)), at: at}
	})
	out := ways[i]()
	if schema.MaxLength != nil {
		if runes := []rune(out); len(runes) > *schema.MaxLength {
			out = string(runes[:*schema.MaxLength])
		}
	}
	return out
}

// day is some day; near days are likelier, for much may only lie ahead.
func (r *run) day() time.Time {
	far := 30
	if r.chance(0.2) {
		far = 20_000
	}
	return time.Now().AddDate(0, 0, r.dice.IntN(2*far)-far)
}

func lastOf(at string) string {
	for i := len(at) - 1; i >= 0; i-- {
		if at[i] == '.' {
			return at[i+1:]
		}
	}
	return at
}

func trimIndex(name string) string {
	if n := len(name) - 2; n > 0 && name[n:] == "[]" {
		return name[:n]
	}
	return name
}

// plain is what people write; strange is what JSON allows.
var (
	plain   = []string{"Sira", "Travailler près de chez elle", "maçon", "A", "Kɔnɔba Ŋaɲa", "O’Brien-Coulibaly", "12"}
	strange = []string{
		"a\x00b", "\x00", "محمد", "\u202Egnol", "e\u0301\u0301\u0301\u0301", "👩🏿‍🔧", "𞤀𞤁𞤂", "\uFEFFx", "\u2028", "\u200b", " ", "\t\n", "\uFFFD", "\U0010FFFF",
		"'; DROP TABLE persons; --", "%", "_", `\`, "=1+1", "<script>alert(1)</script>", "../../etc/passwd", "{{.}}", "NaN", "null", "-1", "1e309", "true", "[]",
		"ɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛɛ",
	}
)
