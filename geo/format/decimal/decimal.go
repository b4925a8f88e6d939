// Package decimal writes numbers as text: with a fixed number of decimals for
// coordinates, in the shortest exact form for attributes.
package decimal

import (
	"bytes"
	"math"
	"slices"
	"strconv"
)

// MaxDecimals is the largest number of decimals that Append writes.
const MaxDecimals = 15

var powers = [MaxDecimals + 1]uint64{
	1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
}

const pairs = "00010203040506070809" +
	"10111213141516171819" +
	"20212223242526272829" +
	"30313233343536373839" +
	"40414243444546474849" +
	"50515253545556575859" +
	"60616263646566676869" +
	"70717273747576777879" +
	"80818283848586878889" +
	"90919293949596979899"

// Append writes v with at most that many decimals (0 to MaxDecimals), without
// trailing zeros, without an exponent and never as -0. It rounds the shortest
// decimal form of v, half to even, as PostGIS does: 0.15 becomes 0.2 although the
// float64 lies a little below. The caller has made sure that v is finite.
func Append(dst []byte, v float64, decimals int) []byte {
	decimals = min(max(decimals, 0), MaxDecimals)
	scale := powers[decimals]
	a := math.Abs(v) * float64(scale)
	// v may be half a unit in its last place off its decimal form, and the product
	// as much again. Where that could decide which way to round, appendExact decides.
	if !(a < 1<<50) {
		return appendExact(dst, v, decimals)
	}
	n := uint64(a)
	rest := a - float64(n) - 0.5
	if math.Abs(rest) <= a*0x1p-51 {
		return appendExact(dst, v, decimals)
	}
	if rest > 0 {
		n++
	}
	if n == 0 {
		return append(dst, '0')
	}
	if v < 0 {
		dst = append(dst, '-')
	}
	if decimals == 7 {
		return append7(appendWhole(dst, n/1e7), n%1e7)
	}
	dst = appendWhole(dst, n/scale)
	part := n % scale
	if part == 0 {
		return dst
	}
	for part%10 == 0 {
		part /= 10
		decimals--
	}
	var digits [MaxDecimals + 1]byte
	i := decimals + 1
	for i > 2 {
		pair := part % 100 * 2
		part /= 100
		i -= 2
		digits[i+1], digits[i] = pairs[pair+1], pairs[pair]
	}
	if i == 2 {
		digits[1] = byte('0' + part)
	}
	digits[0] = '.'
	return append(dst, digits[:decimals+1]...)
}

// append7 writes seven decimals, those of a degree: most of all numbers in a file, so
// by constant divisors, in place, and with the zeros at the end taken off again.
func append7(dst []byte, part uint64) []byte {
	if part == 0 {
		return dst
	}
	first, rest := part/1e6, part%1e6
	a, b, c := rest/1e4*2, rest/100%100*2, rest%100*2
	dst = append(dst, '.', byte('0'+first), pairs[a], pairs[a+1], pairs[b], pairs[b+1], pairs[c], pairs[c+1])
	n := len(dst)
	for dst[n-1] == '0' {
		n--
	}
	return dst[:n]
}

func appendWhole(dst []byte, n uint64) []byte {
	switch {
	case n < 10:
		return append(dst, byte('0'+n))
	case n < 100:
		return append(dst, pairs[2*n], pairs[2*n+1])
	case n < 1000:
		rest := n % 100
		return append(dst, byte('0'+n/100), pairs[2*rest], pairs[2*rest+1])
	}
	return strconv.AppendUint(dst, n, 10)
}

func appendExact(dst []byte, v float64, decimals int) []byte {
	start := len(dst)
	dst = strconv.AppendFloat(dst, v, 'f', -1, 64)
	excess := -decimals // decimals of the shortest form beyond those wanted
	if point := bytes.IndexByte(dst[start:], '.'); point >= 0 {
		excess += len(dst) - start - point - 1
	}
	switch {
	case excess == 1 && dst[len(dst)-1] == '5':
		dst = roundTie(dst[:len(dst)-1], start)
	case excess > 0: // no tie, so the binary and the decimal form round alike
		dst = strconv.AppendFloat(dst[:start], v, 'f', decimals, 64)
	}
	if bytes.IndexByte(dst[start:], '.') >= 0 {
		for dst[len(dst)-1] == '0' {
			dst = dst[:len(dst)-1]
		}
		if dst[len(dst)-1] == '.' {
			dst = dst[:len(dst)-1]
		}
	}
	if len(dst) == start+2 && dst[start] == '-' && dst[start+1] == '0' {
		dst = append(dst[:start], '0')
	}
	return dst
}

// roundTie rounds the digits from start on up by half a unit, if that makes the last one even.
func roundTie(dst []byte, start int) []byte {
	last := len(dst) - 1
	if dst[last] == '.' {
		last--
	}
	if (dst[last]-'0')%2 == 0 {
		return dst
	}
	for i := last; i >= start; i-- {
		switch dst[i] {
		case '.':
		case '-':
			return slices.Insert(dst, i+1, '1')
		case '9':
			dst[i] = '0'
		default:
			dst[i]++
			return dst
		}
	}
	return slices.Insert(dst, start, '1')
}

// AppendShortest writes v in the fewest digits that give the same float64 back, in
// the form that ECMAScript and JSON use: plain decimals from 1e-6 up to 2^63, beyond which
// some readers would take it for an integer that is too large, otherwise with an
// exponent; -0 becomes 0. The caller has made sure that v is finite.
func AppendShortest(dst []byte, v float64) []byte {
	if v == 0 {
		return append(dst, '0')
	}
	a := math.Abs(v)
	if a >= 1e-6 && a < 1<<63 {
		if a < 1<<53 && v == math.Trunc(v) {
			return strconv.AppendInt(dst, int64(v), 10)
		}
		return strconv.AppendFloat(dst, v, 'f', -1, 64)
	}
	dst = strconv.AppendFloat(dst, v, 'e', -1, 64)
	// e-09 becomes e-9.
	if n := len(dst); n >= 4 && dst[n-4] == 'e' && dst[n-2] == '0' {
		dst[n-2] = dst[n-1]
		dst = dst[:n-1]
	}
	return dst
}
