package openid

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"syscall"
)

// Asking the provider is the one request Baara makes to elsewhere. It goes to
// the issuer an operator named, and to addresses that issuer's document names:
// over TLS, without redirects, bounded in time and size, and never to where a
// document of the network's could be meant instead.

// answerSize bounds what the provider may send.
const answerSize = 1 << 20

var (
	errAddress  = errors.New("openid: this address may not be asked")
	errRedirect = errors.New("openid: the provider leads elsewhere")
)

// newClient makes the client for an issuer.
func newClient(issuer string) *http.Client {
	local := false // an issuer on this computer, for trying: its document may name this computer, in clear
	if u, err := url.Parse(issuer); err == nil {
		ip, err := netip.ParseAddr(u.Hostname())
		local = u.Hostname() == "localhost" || err == nil && ip.IsLoopback()
	}
	dialer := &net.Dialer{Timeout: answerTime, Control: func(_, address string, _ syscall.RawConn) error { return permitted(address, local) }}
	transport := &http.Transport{
		Proxy: http.ProxyFromEnvironment, DialContext: dialer.DialContext, TLSHandshakeTimeout: answerTime, ResponseHeaderTimeout: answerTime,
		ForceAttemptHTTP2: true, MaxIdleConns: 4,
	}
	return &http.Client{
		Timeout: answerTime, Transport: careful{transport, local},
		CheckRedirect: func(*http.Request, []*http.Request) error { return errRedirect },
	}
}

// permitted looks at the address a name was resolved to, at the moment of
// connecting: a name that changes its mind in between gains nothing. Private
// networks are where agencies have their providers; the computer itself and
// the link, where clouds answer with their secrets, are not.
func permitted(address string, local bool) error {
	at, err := netip.ParseAddrPort(address)
	if err != nil {
		return fmt.Errorf("%w: %w", errAddress, err)
	}
	ip := at.Addr().Unmap()
	switch {
	case ip.IsLoopback():
		if local {
			return nil
		}
	case ip.IsGlobalUnicast(): // private ones too
		return nil
	}
	return fmt.Errorf("%w: %s", errAddress, ip)
}

// careful refuses what is in clear and bounds what comes back.
type careful struct {
	under http.RoundTripper
	local bool
}

// RoundTrip implements http.RoundTripper.
func (c careful) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.URL.Scheme != "https" && !c.local {
		return nil, fmt.Errorf("%w: not over TLS", errAddress)
	}
	answer, err := c.under.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	answer.Body = http.MaxBytesReader(nil, answer.Body, answerSize)
	return answer, nil
}
