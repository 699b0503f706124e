package owndata

import (
	"bytes"
	"encoding/json"

	"github.com/baara-platform/baara/domain/rights"
)

// JSON is the copy as one object: format, version, export, made_at, and a
// member for each section.
func JSON(c rights.Copy) ([]byte, error) {
	head := []Node{
		{Name: "format", Value: Format}, {Name: "version", Value: int64(Version)}, {Name: "export", Value: c.Export.Reference},
		{Name: "made_at", Value: c.Export.MadeAt.UTC().Format("2006-01-02T15:04:05Z")},
	}
	var b bytes.Buffer
	if err := object(&b, append(head, Sections(c)...)); err != nil {
		return nil, err
	}
	var out bytes.Buffer
	if err := json.Indent(&out, b.Bytes(), "", "  "); err != nil {
		return nil, err
	}
	return append(out.Bytes(), '\n'), nil
}

func object(b *bytes.Buffer, nodes []Node) error {
	b.WriteByte('{')
	for i, n := range nodes {
		if i > 0 {
			b.WriteByte(',')
		}
		name, err := json.Marshal(n.Name)
		if err != nil {
			return err
		}
		b.Write(name)
		b.WriteByte(':')
		if err := value(b, n); err != nil {
			return err
		}
	}
	b.WriteByte('}')
	return nil
}

func value(b *bytes.Buffer, n Node) error {
	switch {
	case n.Value != nil:
		v, err := json.Marshal(n.Value)
		b.Write(v)
		return err
	case n.List:
		b.WriteByte('[')
		for i, item := range n.Below {
			if i > 0 {
				b.WriteByte(',')
			}
			if err := value(b, item); err != nil {
				return err
			}
		}
		b.WriteByte(']')
		return nil
	}
	return object(b, n.Below)
}
