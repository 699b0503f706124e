package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"github.com/baara-platform/baara/domain/domaintest"
)

// TestAServerAndTheCommandsBesideIt starts one server and does to it what
// operators do: a second start, a taken port, an account, an import, stopping.
func TestAServerAndTheCommandsBesideIt(t *testing.T) {
	t.Parallel()
	dir := dataDir(t)
	server := serve(t, nil, "--data-dir", dir, "--no-demo")
	if !strings.Contains(server.out.String(), "admin@baara.invalid") {
		t.Errorf("a first start prints its administrator: %s", server.out.String())
	}

	second, status := run(t, "serve", "--data-dir", dir, "--addr", freeAddress(t))
	holder := fmt.Sprintf("is in use by process %d", server.cmd.Process.Pid)
	if status != 1 || !strings.Contains(second.err.String(), holder) {
		t.Errorf("a second start: status %d, %s", status, second.err.String())
	}
	taken, status := run(t, "serve", "--data-dir", dataDir(t), "--addr", strings.TrimPrefix(server.url, "http://"))
	if status != 1 || !strings.Contains(taken.err.String(), "another program already listens on") {
		t.Errorf("a taken port: status %d, %s", status, taken.err.String())
	}
	held, status := run(t, "reindex", "--data-dir", dir)
	if status != 1 || !strings.Contains(held.err.String(), "a server holds the index") {
		t.Errorf("reindex beside a server: status %d, %s", status, held.err.String())
	}
	importBeside(t, server, dir)

	began := time.Now()
	if err := server.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if status := server.wait(); status != 0 {
		t.Errorf("SIGTERM: status %d, %s", status, server.err.String())
	}
	if took := time.Since(began); took > 10*time.Second {
		t.Errorf("stopping took %s", took)
	}
	if left := leftBehind(t, dir); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}

	built, status := run(t, "reindex", "--data-dir", dir)
	if status != 0 || !strings.Contains(built.out.String(), "The index is new: 301 records") {
		t.Errorf("reindex: status %d, %s %s", status, built.out.String(), built.err.String())
	}
	again := serve(t, nil, "--data-dir", dir)
	if !strings.Contains(again.out.String(), "were printed when the data was made") {
		t.Errorf("a later start prints no passwords: %s", again.out.String())
	}
}

// importBeside makes an account by command, imports people and a vacancy, and
// finds them through the server that was running all the time.
func importBeside(t *testing.T, server *process, dir string) {
	t.Helper()
	people, vacancies := candidatesFile(t, 300), vacanciesFile(t)
	for _, args := range [][]string{
		{"import", "candidates", people, "--consent-basis", "Accord écrit de 2026"},
		{"import", "vacancies", vacancies, "--consent-basis", "Accord écrit de 2026"},
	} {
		p, status := run(t, append(args, "--data-dir", dir)...)
		if status != 0 || !strings.Contains(p.out.String(), "0 refused") {
			t.Fatalf("%v: status %d, %s %s", args, status, p.out.String(), p.err.String())
		}
	}
	account, status := run(t, "user", "add", "--data-dir", dir, "--role", "counsellor", "--email", "awa@example.org", "--name", "Awa", "--agency", "CENTRE")
	fields := strings.Fields(account.out.String())
	if status != 0 || len(fields) != 3 {
		t.Fatalf("user add: status %d, %s %s", status, account.out.String(), account.err.String())
	}
	wrong, status := run(t, "user", "add", "--data-dir", dir, "--role", "counsellor", "--email", "b@example.org", "--name", "B", "--agency", "NOWHERE")
	if status != 1 || !strings.Contains(wrong.err.String(), `no agency has the code "NOWHERE"`) {
		t.Errorf("an unknown agency: status %d, %s", status, wrong.err.String())
	}

	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	client := &http.Client{Jar: jar}
	signInWithApp(t, client, server.url, fields[1], fields[2])
	var offers, found, matches struct {
		Total int
		Items []struct{ ID, Reference string }
	}
	server.until("a vacancy is searchable", func() bool {
		server.json(client, "/api/v1/vacancies/search?words=ma%C3%A7on", &offers)
		return offers.Total == 1
	})
	server.until("everybody is searchable", func() bool {
		server.json(client, "/api/v1/jobseekers/search?words=briques", &found)
		return found.Total == 300
	})
	server.json(client, "/api/v1/vacancies/"+offers.Items[0].ID+"/matches?limit=20", &matches)
	if len(matches.Items) != 20 {
		t.Errorf("%d people of 300 fit the vacancy on a page of 20", len(matches.Items))
	}
}

// signInWithApp signs staff in for the first time, outside a demonstration: the
// password leads to nothing but setting up an app, whose first code lets in.
func signInWithApp(t *testing.T, client *http.Client, at, email, password string) {
	t.Helper()
	post := func(path string, values url.Values) (string, string) {
		res, err := client.PostForm(at+path, values)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = res.Body.Close() }()
		body, err := io.ReadAll(res.Body)
		if err != nil {
			t.Fatal(err)
		}
		return res.Request.URL.Path, string(body)
	}
	where, page := post("/sign-in", url.Values{"email": {email}, "password": {password}})
	secret := regexp.MustCompile(`<code translate="no">([A-Z2-7 ]+)</code>`).FindStringSubmatch(page)
	if where != "/sign-in/second/app" || secret == nil {
		t.Fatalf("the new account is led to %s", where)
	}
	code, err := totp.GenerateCode(strings.ReplaceAll(secret[1], " ", ""), time.Now())
	if err != nil {
		t.Fatal(err)
	}
	if _, page := post("/sign-in/second/app", url.Values{"code": {code}}); !strings.Contains(page, "<code") {
		t.Fatal("the app's first code does not let in")
	}
	if where, _ := post("/sign-in/password", url.Values{"password": {"trois pirogues bleues"}, "again": {"trois pirogues bleues"}}); where != "/counsellor" {
		t.Fatalf("a password of one's own leads to %s", where)
	}
}

func (p *process) json(client *http.Client, path string, into any) {
	p.Helper()
	res, err := client.Get(p.url + path)
	if err != nil {
		p.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	if res.StatusCode != http.StatusOK {
		p.Fatalf("%s: %s", path, res.Status)
	}
	if err := json.NewDecoder(res.Body).Decode(into); err != nil {
		p.Fatalf("%s: %v", path, err)
	}
}

// TestAServerOnAnotherPostgreSQL serves from a server of the operator's own,
// with a role that owns nothing.
func TestAServerOnAnotherPostgreSQL(t *testing.T) {
	t.Parallel()
	db := domaintest.EmptyDatabase(t)
	dir := dataDir(t)
	server := serve(t, []string{"BAARA_DATABASE_URL=" + db.AppURL, "BAARA_OWNER_URL=" + db.OwnerURL}, "--data-dir", dir, "--no-demo")
	if err := server.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if status := server.wait(); status != 0 {
		t.Errorf("status %d, %s", status, server.err.String())
	}
	var users int
	if err := db.SQL.QueryRow(`SELECT count(*) FROM users`).Scan(&users); err != nil || users != 1 {
		t.Errorf("%d accounts in the operator's database: %v", users, err)
	}
}

func TestWhatTheProgramSaysOfItself(t *testing.T) {
	t.Parallel()
	said, status := run(t, "--version")
	if status != 0 || !strings.HasPrefix(said.out.String(), "baara ") || !strings.Contains(said.out.String(), "go1") {
		t.Errorf("version: status %d, %q", status, said.out.String())
	}
	help, status := run(t, "--help")
	for _, command := range []string{"serve", "migrate", "import esco", "import places", "import candidates", "import vacancies", "seed", "reindex", "user add"} {
		if !strings.Contains(help.out.String(), command) {
			t.Errorf("help does not name %q (status %d): %s", command, status, help.out.String())
		}
	}
	for _, args := range [][]string{
		{"serve", "--addr", "0.0.0.0:0"}, {"seed", "--people", "0"}, {"import", "candidates", "/none.jsonl", "--consent-basis", "x"},
		{"user", "add", "--role", "king", "--email", "a@b.c", "--name", "x"}, {"nothing"},
	} {
		if p, status := run(t, append(args, "--data-dir", dataDir(t))...); status == 0 || p.err.String() == "" {
			t.Errorf("%v: status %d, %q", args, status, p.err.String())
		}
	}
}
