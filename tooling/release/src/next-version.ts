/** The parts of a version that a release can raise, the largest first. */
export const PARTS: readonly string[] = ['major', 'minor', 'patch']

/**
 * Finds the version of the next release.
 *
 * @param present - the version of the last release: `0.1.0`
 * @param wish - the part to raise, or a whole version: `minor`, `1.0.0`
 * @throws {Error} the wish is neither, or names no newer version
 */
export function findNextVersion(present: string, wish: string): string {
  const part = PARTS.indexOf(wish)
  if (part !== -1) {
    return readNumbers(present)
      .map((number, place) => (place < part ? number : place === part ? number + 1 : 0))
      .join('.')
  }
  if (!/^\d+\.\d+\.\d+$/.test(wish))
    throw new Error(`"${wish}" is none of ${PARTS.join(', ')}, and no version such as 1.0.0`)
  if (!isNewer(wish, present)) throw new Error(`${wish} is not newer than ${present}`)
  return wish
}

function isNewer(wish: string, present: string): boolean {
  const [wished, had] = [readNumbers(wish), readNumbers(present)]
  const place = wished.findIndex((number, index) => number !== had[index])
  return place !== -1 && (wished[place] ?? 0) > (had[place] ?? 0)
}

function readNumbers(version: string): number[] {
  return version.split('.').map(Number)
}
