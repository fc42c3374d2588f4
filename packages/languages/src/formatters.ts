import type { Options } from 'intl-messageformat'
import { memoize } from './memoize.ts'

/** Where a message takes the formats of numbers, dates and plurals from. */
export type Formatters = NonNullable<Options['formatters']>

/** More than the languages, each in a few time zones. */
const MAX_KEPT = 100

const findFormatters = memoize(MAX_KEPT, (key): Formatters => {
  const [locale = '', timeZone] = key.split(' ')
  const number = memoize(MAX_KEPT, (options) => new Intl.NumberFormat(locale, JSON.parse(options)))
  const date = memoize(
    MAX_KEPT,
    (options) => new Intl.DateTimeFormat(locale, { timeZone: timeZone || undefined, ...JSON.parse(options) }),
  )
  const plural = memoize(MAX_KEPT, (options) => new Intl.PluralRules(locale, JSON.parse(options)))
  return {
    getNumberFormat: (_, options = {}) => number(JSON.stringify(options)),
    getDateTimeFormat: (_, options = {}) => date(JSON.stringify(options)),
    getPluralRules: (_, options = {}) => plural(JSON.stringify(options)),
  }
})

/** Creates the formats of a language, or gives those that were created before: they are slow to make. */
export function createFormatters(locale: string, timeZone = ''): Formatters {
  return findFormatters(`${locale} ${timeZone}`)
}
