package main

import (
	"errors"
	"testing"
)

// People's data is served in clear to this machine only.
func TestServingInClearIsForThisMachine(t *testing.T) {
	for addr, want := range map[string]bool{
		"127.0.0.1:8080": true, "localhost:8080": true, "[::1]:8080": true, "127.8.0.1:1": true,
		":8080": false, "0.0.0.0:8080": false, "[::]:8080": false, "192.168.1.7:8080": false, "baara.example:443": false, "8080": false,
	} {
		if got := loopback(addr); got != want {
			t.Errorf("%s: %v, want %v", addr, got, want)
		}
	}
	s := &Settings{DataDir: t.TempDir(), LogFormat: "text", LogLevel: "error"}
	for name, c := range map[string]serveCmd{
		"every address":       {Addr: "0.0.0.0:0"},
		"no address at all":   {Addr: ":0"},
		"a name of the net":   {Addr: "baara.example:0"},
		"an address of a LAN": {Addr: "192.168.1.7:0"},
	} {
		if err := c.Run(t.Context(), s); !errors.Is(err, errNoTLS) {
			t.Errorf("%s: %v, want a refusal to start", name, err)
		}
	}
	if err := (&serveCmd{Addr: "127.0.0.1:0", TLSCert: "cert.pem"}).Run(t.Context(), s); err == nil || errors.Is(err, errNoTLS) {
		t.Errorf("a certificate without its key: %v", err)
	}
}
