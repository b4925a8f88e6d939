// Ranking by weighted criteria, from the values that the server has put on a scale; the
// same sums as the server's (geo/zone/rank.go), so that a slider need not wait for it.

export interface Part {
  criterion: string
  raw: number | null
  raw_min: number | null
  raw_max: number | null
  normalised: number
  normalised_min: number
  normalised_max: number
}

export interface Candidate { ref: string; name: string; criteria: Part[]; doubts?: string[] }

export interface Scored { candidate: Candidate; score: number; min: number; max: number }

export interface Flip { index: number; from: number; to: number; first: Candidate }

export const maxWeight = 1e9

// rank orders candidates by the mean of their values, by weight; ties go by reference.
export function rank(candidates: Candidate[], weights: number[]): Scored[] {
  const total = weights.reduce((a, b) => a + b, 0)
  const sum = (c: Candidate, of: (p: Part) => number): number => c.criteria.reduce((s, p, i) => s + (weights[i]! / total) * of(p), 0)
  return candidates
    .map((candidate) => ({ candidate, score: sum(candidate, (p) => p.normalised), min: sum(candidate, (p) => p.normalised_min), max: sum(candidate, (p) => p.normalised_max) }))
    .sort((a, b) => b.score - a.score || (a.candidate.ref < b.candidate.ref ? -1 : 1))
}

// flips gives for each criterion the nearest weight from which on another is first, if there is one.
export function flips(ranked: Scored[], weights: number[]): (Flip | null)[] {
  const first = ranked[0]?.candidate
  return weights.map((weight, index) => {
    if (!first) return null
    const others = weights.reduce((s, w, i) => (i === index ? s : s + w), 0)
    let best: Flip | null = null
    for (const { candidate } of ranked.slice(1)) {
      const lead = weights.reduce((s, w, i) => s + w * (first.criteria[i]!.normalised - candidate.criteria[i]!.normalised), 0)
      const d = first.criteria[index]!.normalised - candidate.criteria[index]!.normalised
      if (d === 0) continue
      const to = weight - lead / d
      if (to < 0 || to > maxWeight || others + to <= 0) continue
      if (!best || Math.abs(to - weight) < Math.abs(best.to - best.from)) best = { index, from: weight, to, first: candidate }
    }
    return best
  })
}

// smallest is the flip that needs the least change of a weight.
export function smallest(all: (Flip | null)[]): Flip | null {
  return all.reduce<Flip | null>((best, f) => (f && (!best || Math.abs(f.to - f.from) < Math.abs(best.to - best.from)) ? f : best), null)
}

// rivals may be first instead, as far as the uncertainties go.
export function rivals(ranked: Scored[], weights: number[]): Candidate[] {
  const first = ranked[0]?.candidate
  if (!first) return []
  return ranked.slice(1).map((s) => s.candidate).filter((other) => {
    const advantage = weights.reduce((s, w, i) => s + w * (first.criteria[i]!.normalised_min - other.criteria[i]!.normalised_max), 0)
    return !(advantage > 0)
  })
}
