package api

import (
	"compress/gzip"
	"io"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"
)

// newEncoder compresses a stream; without an encoding it hands the bytes on.
func newEncoder(w io.Writer, encoding string) (io.WriteCloser, error) {
	switch encoding {
	case "br":
		return brotli.NewWriterLevel(w, brotli.BestSpeed), nil
	case "zstd":
		return zstd.NewWriter(w, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1))
	case "gzip":
		return gzip.NewWriterLevel(w, gzip.BestSpeed)
	}
	return nopCloser{w}, nil
}

type nopCloser struct{ io.Writer }

func (nopCloser) Close() error { return nil }
