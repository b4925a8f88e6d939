package api

import "sync"

// buffer is memory for the bytes of an answer, used by one answer after the other.
type buffer []byte

// buffers are those that nobody uses now.
var buffers = sync.Pool{New: func() any { b := make(buffer, 0, 64<<10); return &b }}

// largestBuffer is the size in bytes above which a buffer is left to the collector.
const largestBuffer = 8 << 20

// takeBuffer gives an empty buffer; give it back, or send it.
func takeBuffer() *buffer {
	b, _ := buffers.Get().(*buffer)
	*b = (*b)[:0]
	return b
}

// Close gives the buffer back. The server calls it for what has been sent.
func (b *buffer) Close() error {
	if cap(*b) <= largestBuffer {
		buffers.Put(b)
	}
	return nil
}

// giveBuffer gives a buffer back that was not sent.
func giveBuffer(b *buffer) { _ = b.Close() }

// sentBuffer is the name under which a request holds the buffer of its answer:
// what it holds is closed once the answer is written.
const sentBuffer = "kawasan answer"

// sendBuffer is send for bytes in a buffer, which goes back once they are written:
// nothing is copied, and large answers leave nothing to the collector.
func (x *exchange) sendBuffer(b *buffer) error {
	x.describeBody()
	if x.encoding != "" && len(*b) >= compressFrom {
		x.setHead(headContentCoding, x.encoding)
		small := takeBuffer()
		*small = compress(*small, *b, x.encoding)
		giveBuffer(b)
		b = small
	}
	x.Response().SetBodyRaw(*b)
	x.Context().SetUserValue(sentBuffer, b)
	return nil
}
