package pmtiles

import (
	"bytes"
	"math/rand/v2"
	"testing"
)

// What was compressed before leaves nothing behind in the bytes of what comes after: tiles
// of all sizes, those that repeat text of the one before among them.
func TestCompressorForgets(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2)) // must repeat, not surprise
	text := make([]byte, 200_000)
	for i := range text {
		text[i] = "abcdefgh "[random.IntN(9)]
	}
	kept := new(compressor)
	for i := range 400 {
		from := random.IntN(len(text) / 2)
		b := text[from : from+random.IntN(len(text)/2)]
		if i%5 == 0 {
			b = b[:min(len(b), random.IntN(300))]
		}
		got, err := kept.zip(nil, b)
		want, wrong := new(compressor).zip(nil, b)
		if err != nil || wrong != nil || !bytes.Equal(got, want) {
			t.Fatalf("after %d others, %d bytes: got %d bytes, %v, want %d, %v", i, len(b), len(got), err, len(want), wrong)
		}
	}
}
