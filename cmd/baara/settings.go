package main

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/term"
)

// Settings are shared by all commands.
type Settings struct {
	DataDir     string `env:"BAARA_DATA_DIR" help:"Where Baara keeps its database and index. Default: a folder of the user's own." type:"path"`
	DatabaseURL string `env:"BAARA_DATABASE_URL" help:"An external PostgreSQL, as the application's role. Default: a private one in the data directory."`
	SystemURL   string `env:"BAARA_SYSTEM_URL" help:"The same database as the role of Baara's own acts. Needed beside a database URL that holds a password."`
	OwnerURL    string `env:"BAARA_OWNER_URL" help:"The same database as the role that owns it, for migrations. Default: the database URL."`
	LogFormat   string `env:"BAARA_LOG_FORMAT" enum:"auto,text,json" default:"auto" help:"How logs are written: auto is text at a terminal, else json."`
	LogLevel    string `env:"BAARA_LOG_LEVEL" enum:"debug,info,warn,error" default:"info" help:"What is logged at least."`
	KeysDir     string `env:"BAARA_KEYS_DIR" help:"Folder with the keys that open what is sealed in the database; made with a new database. All servers of one database need the same. Default: keys in the data directory." type:"path"`
	IdentityKey string `env:"BAARA_IDENTITY_KEY" help:"File with the key that seals second factors and look-ups; made with a new database. All servers of one database need the same. Default: identity.key in the folder of keys." type:"path"`
	Country     string `env:"BAARA_COUNTRY" default:"MLI" help:"Country pack, by ISO 3166 alpha-3 code."`
}

// dataDir gives the data directory, by default one of the user's own.
func (s *Settings) dataDir() (string, error) {
	if s.DataDir != "" {
		return s.DataDir, nil
	}
	if dir := os.Getenv("XDG_DATA_HOME"); filepath.IsAbs(dir) {
		return filepath.Join(dir, "baara"), nil
	}
	// The private PostgreSQL of root runs as another user, who may not enter root's home.
	if os.Geteuid() == 0 {
		return "/var/lib/baara", nil
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", fmt.Errorf("no home directory: set BAARA_DATA_DIR: %w", err)
	}
	return filepath.Join(home, ".local", "share", "baara"), nil
}

// logger writes to standard error. Records hold identifiers and patterns,
// never personal data.
func (s *Settings) logger(w io.Writer) *slog.Logger {
	var level slog.Level
	if err := level.UnmarshalText([]byte(s.LogLevel)); err != nil {
		level = slog.LevelInfo
	}
	opt := &slog.HandlerOptions{Level: level}
	file, isFile := w.(*os.File)
	text := s.LogFormat == "text" || s.LogFormat != "json" && isFile && term.IsTerminal(int(file.Fd()))
	if text {
		return slog.New(slog.NewTextHandler(w, opt))
	}
	return slog.New(slog.NewJSONHandler(w, opt))
}

// errNoTLS refuses to serve people's data in clear over a network.
var errNoTLS = errors.New("this address is reachable from other machines: give --tls-cert and --tls-key, or declare the proxy that ends TLS with --proxy")

// loopback reports whether an address can be reached from this machine only.
func loopback(addr string) bool {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return false
	}
	if host == "localhost" {
		return true
	}
	ip := net.ParseIP(strings.Trim(host, "[]"))
	return ip != nil && ip.IsLoopback()
}
