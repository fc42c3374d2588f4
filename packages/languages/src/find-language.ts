import { LANGUAGES, type LanguageTag } from './languages.ts'
import { memoize } from './memoize.ts'

/** Longer requests are cut. A browser sends fewer than 200 characters. */
const MAX_REQUEST_LENGTH = 500
/** Later languages of a request are ignored. */
const MAX_REQUESTED = 20
/** Enough for a language with script, region and the usual extensions. */
const MAX_TAG_LENGTH = 35
const MAX_KEPT_ANSWERS = 500

/** The weight of an item of `Accept-Language`, as RFC 9110 section 12.4.2 defines it. */
const WEIGHT = /^q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/i

/** What a reader of each language can read: the language itself in its own script. */
const READABLE: ReadonlyMap<string | null, LanguageTag> = new Map(
  LANGUAGES.map(({ tag }) => [findReading(tag), tag]),
)

const findInHeader = memoize(MAX_KEPT_ANSWERS, findFirst)

/**
 * Finds the language that fits best what was asked for.
 *
 * A tag fits when its language and its script are the same. A missing script is the likely one of CLDR: `de-AT` finds
 * `de`, `pt` and `pt-PT` find `pt-BR`, `zh-CN` finds `zh-Hans`, and `zh-TW` finds nothing. The function never throws:
 * what is no language tag is skipped. It never finds a pseudo-locale.
 *
 * @param requested - a BCP 47 tag, a list of them such as `navigator.languages`, or an `Accept-Language` header. Its
 * first 500 characters and first 20 languages count
 * @returns null when none of the requested languages is there
 * @see RFC 9110 section 12.5.4
 */
export function findLanguage(requested: string | readonly string[] | null | undefined): LanguageTag | null {
  if (!requested) return null
  const header = typeof requested === 'string' ? requested : joinTags(requested)
  return findInHeader(header.slice(0, MAX_REQUEST_LENGTH))
}

function joinTags(tags: readonly string[]): string {
  return tags
    .slice(0, MAX_REQUESTED)
    .filter((tag) => tag.length <= MAX_TAG_LENGTH)
    .join(',')
}

function findFirst(header: string): LanguageTag | null {
  for (const tag of listTags(header)) {
    const reading = findReading(tag)
    const found = reading === null ? undefined : READABLE.get(reading)
    if (found) return found
  }
  return null
}

/** Lists the tags of a header by their weights, the highest first. The sender refuses a tag of weight 0. */
function listTags(header: string): string[] {
  return header
    .split(',', MAX_REQUESTED)
    .map(readItem)
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .map(({ tag }) => tag)
}

function readItem(item: string): { tag: string; weight: number } {
  const [tag = '', parameter] = item.split(';').map((part) => part.trim())
  const weight = parameter === undefined ? 1 : Number(WEIGHT.exec(parameter)?.[1] ?? 0)
  return { tag, weight }
}

function findReading(tag: string): string | null {
  if (tag.length > MAX_TAG_LENGTH) return null
  try {
    const { language, script } = new Intl.Locale(tag).maximize()
    return `${language}-${script}`
  } catch {
    return null
  }
}
