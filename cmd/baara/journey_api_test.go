package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/cookiejar"
	"strings"
	"sync"
	"testing"
	"time"
)

// object is a JSON object, sent or answered.
type object = map[string]any

// caller calls a server's API with the cookie of an account.
type caller struct {
	*testing.T
	url    string
	client *http.Client
}

func (w *town) caller(t *testing.T, login string) *caller {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	c := &caller{T: t, url: w.url, client: &http.Client{Jar: jar}}
	if login != "" {
		c.expect(http.StatusCreated, "/sessions", "", object{"email": login, "password": w.password(login)})
	}
	return c
}

// send posts to the API; based is the entity tag the change stands on, "" for none.
func (c *caller) send(path, based string, body object) (int, http.Header, object) {
	encoded, err := json.Marshal(body)
	if err != nil {
		c.Error(err)
		return 0, nil, nil
	}
	r, err := http.NewRequestWithContext(c.Context(), http.MethodPost, c.url+"/api/v1"+path, bytes.NewReader(encoded))
	if err != nil {
		c.Error(err)
		return 0, nil, nil
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Idempotency-Key", fmt.Sprintf("journey-%d-%s", time.Now().UnixNano(), strings.ReplaceAll(path, "/", "-")))
	if based != "" {
		r.Header.Set("If-Match", based)
	}
	res, err := c.client.Do(r)
	if err != nil {
		c.Error(err)
		return 0, nil, nil
	}
	defer func() { _ = res.Body.Close() }()
	answer := object{}
	if res.StatusCode != http.StatusNoContent {
		if err := json.NewDecoder(res.Body).Decode(&answer); err != nil {
			c.Errorf("%s answered %d without JSON: %v", path, res.StatusCode, err)
		}
	}
	return res.StatusCode, res.Header, answer
}

// expect posts, wants a status, and gives the answer with its entity tag.
func (c *caller) expect(status int, path, based string, body object) (object, string) {
	c.Helper()
	got, header, answer := c.send(path, based, body)
	if got != status {
		c.Fatalf("%s answered %d, want %d: %v", path, got, status, answer)
	}
	return answer, header.Get("ETag")
}

// raceForTheLastPost lets two counsellors hire two people for one post at the
// same moment, by the API of the running program: one is hired, the other
// counsellor is told why not, and the post is filled once.
func (w *town) raceForTheLastPost(t *testing.T) {
	both := []*caller{w.caller(t, "conseil.bamako@demo.invalid"), w.caller(t, "lead.bamako@demo.invalid")}
	vacancy, _ := both[0].expect(http.StatusCreated, "/vacancies/recorded", "", object{
		"title": "Maçon", "posts": 1, "contract": "fixed_term", "place": "BKO", "fee_free": true, "source": "phone", "client_name": "Atelier du Fleuve",
		"skills": []object{{"words": "monter un mur", "importance": "essential"}},
	})
	paths, tags := make([]string, 2), make([]string, 2)
	for i, c := range both {
		her, _ := c.expect(http.StatusCreated, "/jobseekers", "", object{
			"given": "Course", "family": fmt.Sprint("Dernière", i), "sex": "female", "residence": object{"place": "BKO"}, "birth": object{"precision": "year", "year": 1990},
			"phones": []object{{"number": fmt.Sprintf("7029990%d", i)}},
			"consents": []object{
				{"purpose": "matching", "mode": "written", "text_version": "2026-11-27"}, {"purpose": "messages", "mode": "written", "text_version": "2026-11-27"},
			},
		})
		id := her["id"].(string)
		c.expect(http.StatusCreated, "/jobseekers/"+id+"/case", "", object{})
		a, tag := c.expect(http.StatusCreated, "/applications/proposals", "", object{"person_id": id, "vacancy_id": vacancy["id"]})
		paths[i] = "/applications/" + a["id"].(string)
		_, tag = c.expect(http.StatusOK, paths[i]+"/consent", tag, object{"mode": "oral"})
		_, tags[i] = c.expect(http.StatusOK, paths[i]+"/send", tag, object{})
	}
	var all sync.WaitGroup
	statuses, answers := make([]int, 2), make([]object, 2)
	for i, c := range both {
		all.Go(func() {
			statuses[i], _, answers[i] = c.send(paths[i]+"/hire", tags[i], object{"starts_on": time.Now().AddDate(0, 0, 2).Format(time.DateOnly)})
		})
	}
	all.Wait()
	loser := 0
	if statuses[0] == http.StatusOK {
		loser = 1
	}
	if statuses[1-loser] != http.StatusOK || statuses[loser] != http.StatusConflict {
		t.Fatalf("the two were answered %v: %v", statuses, answers)
	}
	if answers[loser]["type"] != "urn:baara:problem:conflict" || answers[loser]["detail"] == "" {
		t.Errorf("the slower one is told %v", answers[loser])
	}
	res, err := both[0].client.Get(w.url + "/api/v1/vacancies/" + vacancy["id"].(string))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	now := object{}
	if err := json.NewDecoder(res.Body).Decode(&now); err != nil || now["state"] != "filled" || now["posts_left"] != 0.0 {
		t.Errorf("the vacancy is %v with %v left: %v", now["state"], now["posts_left"], err)
	}
}
