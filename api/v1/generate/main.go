// Command generate writes the API's OpenAPI document beside the package. It
// needs neither database nor index: the document follows from the routes.
package main

import (
	"log"
	"os"

	"github.com/baara-platform/baara/api/v1"
)

func main() {
	body, err := v1.Document(v1.Describe())
	if err != nil {
		log.Fatal(err)
	}
	if err := os.WriteFile("openapi.json", body, 0o644); err != nil {
		log.Fatal(err)
	}
}
