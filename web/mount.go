package web

import (
	"strings"

	"github.com/gin-gonic/gin"
)

// Mount adds every page to the program's engine, so that the edge's limits, logs and metrics see the page's pattern and
// not its address. Addresses no page has go to the site as well: NoRoute is the engine's.
func (s *Site) Mount(engine gin.IRoutes) {
	handler := gin.WrapH(s)
	pattern := strings.NewReplacer("{", ":", "}", "")
	for _, r := range s.Routes() {
		engine.Handle(r.Method, pattern.Replace(r.Path), handler)
	}
	engine.GET("/static/*file", handler)
	for _, path := range s.static.RootPaths() {
		engine.GET(path, handler)
	}
}
