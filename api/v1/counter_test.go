package v1_test

import (
	"bufio"
	"encoding/binary"
	"io"
	"net"
	"net/url"
	"path/filepath"
	"sync/atomic"
	"testing"
)

// counter stands between the program and PostgreSQL and counts what is
// executed, so that a list which asks once a row is seen whoever asks.
type counter struct {
	url      string // of the database, through the counter
	executed atomic.Int64
}

func newCounter(t *testing.T, database string) *counter {
	t.Helper()
	u, err := url.Parse(database)
	must(t, err)
	query := u.Query()
	socket := filepath.Join(query.Get("host"), ".s.PGSQL."+port(u, query))
	dir := t.TempDir()
	listener, err := net.Listen("unix", filepath.Join(dir, ".s.PGSQL."+port(u, query)))
	must(t, err)
	t.Cleanup(func() { _ = listener.Close() })
	query.Set("host", dir)
	u.RawQuery = query.Encode()
	c := &counter{url: u.String()}
	go func() {
		for {
			client, err := listener.Accept()
			if err != nil {
				return
			}
			go c.relay(client, socket)
		}
	}()
	return c
}

func port(u *url.URL, query url.Values) string {
	for _, p := range []string{u.Port(), query.Get("port")} {
		if p != "" {
			return p
		}
	}
	return "5432"
}

func (c *counter) relay(client net.Conn, socket string) {
	defer func() { _ = client.Close() }()
	server, err := net.Dial("unix", socket)
	if err != nil {
		return
	}
	defer func() { _ = server.Close() }()
	go func() {
		_, _ = io.Copy(client, server)
		_ = client.Close()
	}()
	in := bufio.NewReader(client)
	if err := forward(server, in, 0); err != nil { // the start-up message has no type
		return
	}
	for {
		kind, err := in.ReadByte()
		if err != nil {
			return
		}
		if kind == 'Q' || kind == 'E' {
			c.executed.Add(1)
		}
		if err := forward(server, in, kind); err != nil {
			return
		}
	}
}

// forward passes one message on: its type, its length, its content.
func forward(to io.Writer, in *bufio.Reader, kind byte) error {
	var length [4]byte
	if _, err := io.ReadFull(in, length[:]); err != nil {
		return err
	}
	head := length[:]
	if kind != 0 {
		head = append([]byte{kind}, head...)
	}
	if _, err := to.Write(head); err != nil {
		return err
	}
	_, err := io.CopyN(to, in, int64(binary.BigEndian.Uint32(length[:]))-4)
	return err
}

// during counts what an act executes. The index looks for changes meanwhile,
// so the fewest of some repeats is given.
func (c *counter) during(act func()) int64 {
	least := int64(-1)
	for range 4 {
		before := c.executed.Load()
		act()
		if n := c.executed.Load() - before; least < 0 || n < least {
			least = n
		}
	}
	return least
}
