// Lengths with the least and the greatest that they can be, shown as pages and the command
// line show them: rounded to what is known, the ends outward.
// Interval is a length in metres; an end that is null is not known.
export interface Interval { value: number; least: number | null; most: number | null }

// rounded is the one rule of geo/wording, Quantity.Rounded, for metres; a table of the Go
// tests holds both to the same.
export function rounded(q: Interval): Interval {
  if (q.least === null && q.most === null || q.least === q.value && q.most === q.value) return q
  if (q.least === null || q.most === null) return withEnds(q, significant(q.value, 2), leading(q.value) / 100)
  const off = Math.max(q.value - q.least, q.most - q.value)
  const step = off > 0 ? leading(off) : 0
  const value = step === 0 ? q.value : step > leading(q.value) ? significant(q.value, 1) : nearest(q.value, step)
  return withEnds(q, value, step)
}

function withEnds(q: Interval, value: number, step: number): Interval {
  return {
    value,
    least: q.least === null ? null : outward(q.least, Math.max(step, grain(q.least)), Math.floor),
    most: q.most === null ? null : outward(q.most, Math.max(step, grain(q.most)), Math.ceil),
  }
}

function outward(v: number, step: number, round: (v: number) => number): number {
  if (step < 1) {
    const n = Math.round(1 / step)
    return round(Math.round(v * n * 1e6) / 1e6) / n
  }
  return round(Math.round((v / step) * 1e6) / 1e6) * step
}

// grain is the finest in which a length is written.
function grain(v: number): number { return v < 999.5 ? 1 : v < 99_950 ? 100 : 1000 }

// leading is the power of ten of the first digit.
function leading(v: number): number {
  if (v === 0) return 0
  const e = Math.floor(Math.log10(Math.abs(v)))
  return 10 ** (10 ** e > Math.abs(v) ? e - 1 : 10 ** (e + 1) <= Math.abs(v) ? e + 1 : e)
}

function significant(v: number, digits: number): number {
  return v === 0 ? 0 : nearest(v, leading(v) / 10 ** (digits - 1))
}

// nearest divides by a whole number where a step has no exact double.
function nearest(v: number, step: number): number {
  if (step >= 1) return Math.round(v / step) * step
  const n = Math.round(1 / step)
  return Math.round(v * n) / n
}
