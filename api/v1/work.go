package v1

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/baara-platform/baara/domain/watch"
)

// Proven is embedded in what a proof of work may come with.
type Proven struct {
	Work string `header:"Proof-Of-Work" maxLength:"1000" doc:"Base64 of the JSON of a solved challenge: algorithm, challenge, number, salt, signature. One that is wrong, spent or too late is refused"`
}

func (a *API) mountWork(g huma.API) {
	add(g, route{id: "get-challenge", method: http.MethodGet, path: "/challenges/{purpose}", tag: "registrations", public: true,
		summary: "A challenge to solve before registering or signing up",
		detail: "Find the number from 0 to maxNumber whose decimal digits, put after the salt, have the given SHA-256. It takes a cheap phone a second or two. " +
			"A solution counts once, for its purpose, until it ends."}, a.challenge)
}

// Challenge is a number to find.
type Challenge struct {
	Algorithm string    `json:"algorithm" enum:"SHA-256"`
	Challenge string    `json:"challenge" doc:"The hash, in hex"`
	Most      int64     `json:"maxNumber"`
	Salt      string    `json:"salt"`
	Signature string    `json:"signature"`
	ExpiresAt time.Time `json:"expires_at"`
}

type challengeFor struct {
	Purpose string `path:"purpose" enum:"register,sign_up"`
}

func (a *API) challenge(_ context.Context, in *challengeFor) (*plain[Challenge], error) {
	c, err := a.Work.Pose(watch.Purpose(in.Purpose))
	if err != nil {
		return nil, err
	}
	return &plain[Challenge]{Body: Challenge{
		Algorithm: c.Algorithm, Challenge: c.Hash, Most: c.Most, Salt: c.Salt, Signature: c.Signature, ExpiresAt: c.ExpiresAt,
	}}, nil
}
