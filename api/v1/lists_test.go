package v1_test

import (
	"net/http"
	"testing"
)

// A list asks the database as often for fifty rows as for one.
func fewQueries(t *testing.T, w *world) {
	v := w.published(t, object{"posts": 60})
	for n := range 50 {
		j, _ := w.taken(t)
		if n%2 == 0 {
			w.sent(t, j, v.text("id"))
		} else {
			w.awa.post(t, "/applications/proposals", object{"person_id": j.id, "vacancy_id": v.text("id")}).status(t, http.StatusCreated)
		}
		w.registered(t, nil)
		w.moussa.post(t, "/vacancies/recorded", vacancy(object{"source": "phone", "client_name": "Liste SARL"})).status(t, http.StatusCreated)
	}
	w.settle(t)
	for _, c := range []struct {
		by   caller
		path string
	}{
		{w.admin, "/users?"}, {w.awa, "/intake?"}, {w.awa, "/cases?"}, {w.awa, "/transfers?decided=true&"}, {w.awa, "/applications?"}, {w.awa, "/organisations?"},
		{w.awa, "/vacancies?"}, {w.visitor, "/vacancies?"}, {w.visitor, "/vacancies/search?words=macon&"},
		{w.awa, "/jobseekers/search?words=briques&"}, {w.employer, "/vacancies/" + v.text("id") + "/candidates?"},
		{w.awa, "/vacancies/" + v.text("id") + "/matches?"}, {w.employer, "/vacancies/" + v.text("id") + "/matches?"},
	} {
		size := func(limit string) (int, int64) {
			items := 0
			n := w.queries.during(func() { items = c.by.get(t, c.path+"limit="+limit).status(t, http.StatusOK).len("items") })
			return items, n
		}
		one, few := size("1")
		many, same := size("50")
		if one != 1 || many < 2 {
			t.Fatalf("%s gives %d and %d", c.path, one, many)
		}
		if few != same || few == 0 {
			t.Errorf("%s: %d queries for one, %d for %d", c.path, few, same, many)
		}
	}
}

// Pages follow one another without a gap or a repeat.
func paging(t *testing.T, w *world) {
	for range 5 {
		w.registered(t, nil)
	}
	seen := map[string]int{}
	after := ""
	for {
		page := w.awa.get(t, "/intake?limit=2&after="+after).status(t, http.StatusOK)
		for _, item := range page.at("items").([]any) {
			seen[item.(object)["person_id"].(string)]++
		}
		if after = escape(page.text("next")); after == "" {
			break
		}
	}
	whole := w.awa.get(t, "/intake?limit=100").status(t, http.StatusOK)
	if len(seen) < 5 || whole.text("next") == "" && len(seen) != whole.len("items") {
		t.Errorf("%d by pages, %d at once", len(seen), whole.len("items"))
	}
	for id, n := range seen {
		if n != 1 {
			t.Errorf("%s came %d times", id, n)
		}
	}
	w.awa.get(t, "/intake?after=nonsense").problem(t, http.StatusUnprocessableEntity, "invalid")
}
