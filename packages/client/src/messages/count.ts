import type { CountedMessage, Messages } from './message-keys.ts'

const MINUTE_SECONDS = 60
const HOUR_SECONDS = 60 * MINUTE_SECONDS
/** A time of less than this many units is given in the smaller unit. */
const UNITS_UNTIL_NEXT = 90

/** Writes a sentence with a number, in the form that the language wants for it. */
export function writeCounted(message: CountedMessage, count: number, tag: string): string {
  const form = message[selectForm(count, tag)] ?? message.other
  return form.replace('{count}', formatNumber(count, tag))
}

/** Writes a time to wait in seconds, minutes or hours. It is never shorter than the given one. */
export function writeWait(waits: Messages['waits'], seconds: number, tag: string): string {
  const write = (message: CountedMessage, size: number) =>
    writeCounted(message, Math.max(1, Math.ceil(seconds / size)), tag)
  if (seconds < UNITS_UNTIL_NEXT) return write(waits.seconds, 1)
  if (seconds < UNITS_UNTIL_NEXT * MINUTE_SECONDS) return write(waits.minutes, MINUTE_SECONDS)
  return write(waits.hours, HOUR_SECONDS)
}

// Some React Natives have no `Intl`, or only parts of it.
function selectForm(count: number, tag: string): Intl.LDMLPluralRule {
  if (typeof Intl === 'undefined' || !Intl.PluralRules) return count === 1 ? 'one' : 'other'
  return new Intl.PluralRules(tag).select(count)
}

function formatNumber(count: number, tag: string): string {
  if (typeof Intl === 'undefined' || !Intl.NumberFormat) return String(count)
  return new Intl.NumberFormat(tag).format(count)
}
