package edge

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"github.com/baara-platform/baara/domain"
)

// Bounds of an idempotency key, in bytes.
const (
	minOnceKey = 8
	maxOnceKey = 128
)

// Once gives the request's actor its idempotency key. The payload is the path
// with the body, which is read (it is bounded) and put back.
func Once(c *gin.Context, key string) (context.Context, error) {
	body, err := io.ReadAll(c.Request.Body)
	if err != nil {
		var tooLarge *http.MaxBytesError
		if errors.As(err, &tooLarge) {
			return nil, tooLarge
		}
		return nil, domain.Invalid("edge.Once", domain.Field("body", "error.value"))
	}
	c.Request.Body = io.NopCloser(bytes.NewReader(body))
	ctx := c.Request.Context()
	route := c.Request.Method + " " + c.FullPath()
	payload := fmt.Appendf(nil, "%s\n%s", c.Request.URL.Path, body)
	actor, err := WithOnce(ActorFrom(ctx), route, key, payload)
	if err != nil {
		return nil, err
	}
	return WithActor(ctx, actor), nil
}

// WithOnce gives the actor an idempotency key for one route and payload. The
// scope is the account; a visitor's scope is the key itself, which only the
// visitor knows.
func WithOnce(actor domain.Actor, route, key string, payload []byte) (domain.Actor, error) {
	if len(key) < minOnceKey || len(key) > maxOnceKey || strings.ContainsFunc(key, func(r rune) bool { return r <= ' ' || r > '~' }) {
		return actor, domain.Invalid("edge.WithOnce", domain.Field("idempotency_key", "error.once.key"))
	}
	owner := string(actor.UserID)
	if owner == "" {
		owner = "visitor"
	}
	sum := sha256.Sum256(payload)
	actor.Once = domain.Once{Scope: owner + " " + route, Key: key, PayloadHash: hex.EncodeToString(sum[:])}
	return actor, nil
}

// ETag is the entity tag of a record's version.
func ETag(version int) string { return `"` + strconv.Itoa(version) + `"` }

// VersionOf reads an If-Match header: the version it names. A missing header
// is refused with 428 by the caller; "*" and lists are not accepted, because
// an update must say what it saw. The mark of a weak tag is overlooked: proxies
// that compress add it, and the version names the same record.
func VersionOf(ifMatch string) (int, error) {
	trimmed := strings.TrimPrefix(strings.TrimSpace(ifMatch), "W/")
	inner, ok := strings.CutPrefix(trimmed, `"`)
	if ok {
		inner, ok = strings.CutSuffix(inner, `"`)
	}
	version, err := strconv.Atoi(inner)
	if !ok || err != nil || version < 1 {
		return 0, domain.Stale("edge.VersionOf")
	}
	return version, nil
}
