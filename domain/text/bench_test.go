package text_test

import (
	"testing"

	"github.com/baara-platform/baara/domain/text"
)

func BenchmarkStems(b *testing.B) {
	for name, s := range map[string]string{
		"plain": "veiller au respect des normes de santé et de sécurité",
		"pair":  "technicien d’engins agricoles/technicienne d’engins agricoles",
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				text.Stems(s)
			}
		})
	}
}
