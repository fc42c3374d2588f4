import { isId } from '../../words/ids.ts'
import type { SourceKeyType, SourceUser } from '../records.ts'
import { SourceError } from '../source-error.ts'

/** A line that is left out, and why. */
export interface LineFault {
  line: number
  /** What the line has or has not, to follow its number. */
  problem: string
}

/** How many lines a message names. */
const SHOWN = 20

const KEYS: Record<SourceKeyType, { fits: (key: string) => boolean; word: string }> = {
  uuid: { fits: isId, word: 'UUID' },
  integer: { fits: (key) => /^-?(?:0|[1-9]\d{0,18})$/.test(key), word: 'whole number' },
  text: { fits: () => true, word: 'text' },
}

/**
 * Makes the judge of a file's lines.
 *
 * @param options.collects - true: a bad line is no error before the end
 */
export function createCheck(options: {
  keyType?: SourceKeyType
  skipBadLines?: boolean
  onBadLine?: (fault: LineFault) => void
  collects?: boolean
}) {
  const first: LineFault[] = []
  let faults = 0

  function refuse(line: number, problem: string): SourceUser[] {
    faults++
    if (first.length < SHOWN) first.push({ line, problem })
    if (options.skipBadLines) options.onBadLine?.({ line, problem })
    else if (!options.collects) throw describe(first, faults)
    return []
  }

  return {
    /** The number of lines with a fault. */
    faults: () => faults,
    refuse,
    take(line: number, user: SourceUser): SourceUser[] {
      const { fits, word } = KEYS[options.keyType ?? 'text']
      return fits(user.oldId) ? [user] : refuse(line, `has an external_id that is no ${word}`)
    },
    /** @throws {SourceError} there were lines with a fault, and they are not to be left out */
    end(): void {
      if (faults > 0 && !options.skipBadLines) throw describe(first, faults)
    },
  }
}

function describe(first: LineFault[], faults: number): SourceError {
  const lines = first.map(({ line, problem }) => `line ${line} ${problem}`)
  const rest = faults > first.length ? [`and ${faults - first.length} more`] : []
  return new SourceError(`The file has lines that cannot be taken:\n${[...lines, ...rest].join('\n')}`)
}
