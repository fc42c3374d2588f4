/** About as many bytes as the body of a request may have. */
const BYTES = 60_000

/** Texts that make some code work long, by what is special about them. Each is nearly as long as a body may be. */
export const HOSTILE: Record<string, string> = {
  'two rows of marks': `a${repeat('\u0300', BYTES / 2)}${repeat('\u0316', BYTES / 2)}`,
  'marks in the wrong order': `a${repeat('\u0345\u0300\u0315\u0316\u0321\u05b0', BYTES)}`,
  'ligatures of 18 letters': repeat('\ufdfa', BYTES),
  'lone surrogates': repeat('\ud83d', BYTES / 2),
  'wide white space': `${repeat('\u3000', BYTES)}a`,
  'an open quote': `"${repeat('\\a', BYTES)}`,
  'labels of a domain': `a@${repeat('ü.', BYTES)}`,
  'escaped bytes': repeat('%25', BYTES),
  wildcards: repeat('%_\\', BYTES),
  digits: repeat('9', BYTES),
}

/** A text of as many units, and nothing special about it. */
export function plainLike(text: string): string {
  return 'a'.repeat(text.length)
}

/** Repeats a text up to so many bytes of UTF-8. */
function repeat(text: string, bytes: number): string {
  return text.repeat(Math.floor(bytes / Buffer.byteLength(text)))
}

/** What code did with texts meanwhile. */
interface TextWork {
  /** UTF-16 units of the longest text that was normalised, compared by language, or changed to lower or upper case. */
  longest: number
}

const COSTLY = ['normalize', 'toLowerCase', 'toUpperCase', 'localeCompare'] as const

/** Counts the work of {@link TextWork}, of every code of this process, until the returned function is called. */
export function watchTextWork(): () => TextWork {
  const work: TextWork = { longest: 0 }
  const originals = COSTLY.map((name) => [name, String.prototype[name]] as const)
  for (const [name, original] of originals) {
    Object.defineProperty(String.prototype, name, {
      configurable: true,
      writable: true,
      value(this: string, ...given: unknown[]) {
        work.longest = Math.max(work.longest, this.length)
        return Reflect.apply(original, this, given)
      },
    })
  }
  return () => {
    for (const [name, value] of originals) {
      Object.defineProperty(String.prototype, name, { configurable: true, writable: true, value })
    }
    return work
  }
}

/** Milliseconds of processor time that this process used for some work. A busy machine does not change them much. */
export async function measureCpu(work: () => unknown): Promise<number> {
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}
