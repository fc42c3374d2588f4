/**
 * Finds the median slope between all pairs of points (Theil and Sen). A few odd samples do not move it.
 *
 * @returns 0 for fewer than two points
 */
export function findSlope(points: [x: number, y: number][]): number {
  const slopes = points.flatMap(([x, y], index) =>
    points.slice(index + 1).flatMap(([laterX, laterY]) => (laterX > x ? [(laterY - y) / (laterX - x)] : [])),
  )
  return slopes.toSorted((left, right) => left - right)[slopes.length >> 1] ?? 0
}
