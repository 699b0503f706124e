package v1

import (
	"errors"

	"github.com/danielgtaylor/huma/v2"
)

// maxDepth is how deep what is sent may be nested. The deepest request of the
// document has five levels.
const maxDepth = 32

var errTooDeep = errors.New("v1: JSON nested too deeply")

// bounded is JSON that is read only when it is not nested too deeply: the
// library's own bound is ten thousand levels, each of which costs stack.
func bounded() huma.Format {
	f := huma.DefaultJSONFormat
	read := f.Unmarshal
	f.Unmarshal = func(data []byte, v any) error {
		if tooDeep(data) {
			return errTooDeep
		}
		return read(data, v)
	}
	return f
}

// tooDeep counts brackets outside strings. What is no JSON is left to the reader.
func tooDeep(data []byte) bool {
	depth, quoted := 0, false
	for i := 0; i < len(data); i++ {
		switch c := data[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '[' || c == '{':
			if depth++; depth > maxDepth {
				return true
			}
		case c == ']' || c == '}':
			depth--
		}
	}
	return false
}
