/** The comparison of two sets of samples. */
export interface Comparison {
  /** How often a sample of the first set is greater than one of the second: 0.5 when the sets do not differ. */
  share: number
  /** The two-sided probability of such a share when the sets do not differ. */
  p: number
}

/**
 * Compares two sets by the ranks of their samples (Mann–Whitney U), so that a single slow sample does not decide.
 *
 * The normal approximation is good from some twenty samples per set. Equal samples share their rank.
 */
export function compareByRank(first: number[], second: number[]): Comparison {
  const pairs = first.length * second.length
  const sorted = [...first, ...second].toSorted((one, other) => one - other)
  const ranks = new Map([...new Set(sorted)].map((value) => [value, middleRank(sorted, value)]))
  const rankSum = first.reduce((sum, value) => sum + (ranks.get(value) ?? 0), 0)
  const u = rankSum - (first.length * (first.length + 1)) / 2
  const deviation = Math.sqrt((pairs * (sorted.length + 1)) / 12)
  return { share: u / pairs, p: twoSided((u - pairs / 2) / deviation) }
}

function middleRank(sorted: number[], value: number): number {
  return (sorted.indexOf(value) + sorted.lastIndexOf(value)) / 2 + 1
}

/** The probability of both tails of the normal distribution beyond z (Abramowitz and Stegun 7.1.26, seven digits). */
function twoSided(z: number): number {
  const x = Math.abs(z) / Math.SQRT2
  const t = 1 / (1 + 0.3275911 * x)
  const terms = [1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592]
  return terms.reduce((sum, term) => (sum + term) * t, 0) * Math.exp(-x * x)
}
