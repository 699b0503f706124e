package collection

import (
	"bufio"
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"strings"
	"sync/atomic"
)

// File is an open file of records.
type File struct {
	Source
	Size int64 // bytes on the disk
	read atomic.Int64
	file *os.File
}

// Open opens a file by the end of its name: .jsonl or .ndjson, .csv, each also
// with .gz. A CSV file without a mapping has the fields' own names as its header.
func Open(path string, mapping Mapping) (*File, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("open: %w", err)
	}
	info, err := file.Stat()
	if err != nil {
		_ = file.Close()
		return nil, fmt.Errorf("open: %w", err)
	}
	f := &File{Size: info.Size(), file: file}
	if f.Source, err = f.source(path, mapping); err != nil {
		_ = file.Close()
		return nil, err
	}
	return f, nil
}

func (f *File) source(path string, mapping Mapping) (Source, error) {
	name := strings.ToLower(path)
	var in io.Reader = bufio.NewReaderSize(&counted{f.file, &f.read}, 1<<18)
	if strings.HasSuffix(name, ".gz") {
		unpacked, err := gzip.NewReader(in)
		if err != nil {
			return nil, fmt.Errorf("open: %s is not gzipped: %w", path, err)
		}
		in, name = unpacked, strings.TrimSuffix(name, ".gz")
	}
	switch {
	case strings.HasSuffix(name, ".jsonl"), strings.HasSuffix(name, ".ndjson"):
		return Lines(in), nil
	case strings.HasSuffix(name, ".csv"):
		return Table(in, mapping)
	}
	return nil, fmt.Errorf("open: %s is none of .jsonl, .jsonl.gz, .csv, .csv.gz", path)
}

// Done gives how many bytes of the file were read, for a progress bar.
func (f *File) Done() int64 { return f.read.Load() }

// Close closes the file.
func (f *File) Close() error { return f.file.Close() }

type counted struct {
	in io.Reader
	n  *atomic.Int64
}

func (c *counted) Read(p []byte) (int, error) {
	n, err := c.in.Read(p)
	c.n.Add(int64(n))
	return n, err
}
