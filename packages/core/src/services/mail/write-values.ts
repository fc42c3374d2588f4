import { isolate } from '@latchkey/languages'
import {
  type ConnectionChange,
  type FactorChange,
  type ListType,
  MAIL_VARIABLES,
  type MailKind,
  type VariableType,
} from './mail-kinds.ts'
import type { MailTranslator } from './translator.ts'

/** The values of a template as mustache shows them. */
export type WrittenView = Record<string, string | Record<string, string>[]>

const TIME_STYLE = {
  year: 'numeric',
  month: 'long',
  day: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
  timeZoneName: 'short',
} as const

/** Writes the variables of a mail in a language: its times, durations and origins. */
export function writeValues(kind: MailKind, view: Record<string, unknown>, t: MailTranslator): WrittenView {
  const types: Record<string, VariableType | ListType> = MAIL_VARIABLES[kind]
  const written = Object.entries(types).map(([name, type]) => {
    const value = view[name]
    if (typeof type === 'string') return [name, writeValue(type, value, t)] as const
    const entries = Array.isArray(value) ? value : []
    return [name, entries.map((entry) => writeEntry(type, entry, t))] as const
  })
  return Object.fromEntries(written)
}

function writeEntry(types: ListType, entry: Record<string, unknown>, t: MailTranslator) {
  return Object.fromEntries(
    Object.entries(types).map(([name, type]) => [name, writeValue(type, entry[name], t)]),
  )
}

/** A mail that a former release queued has times, durations and origins as English texts. They are shown as they are. */
function writeValue(type: VariableType, value: unknown, t: MailTranslator): string {
  if (typeof value === 'string') return value
  if (type === 'time' && typeof value === 'number') return t.formats.dateTime(value, TIME_STYLE)
  if (type === 'duration' && typeof value === 'number') return t.formats.duration(value)
  if (type === 'hidableAddress') return t('common.anotherAddress')
  if (type === 'origin') return writeOrigin((value ?? {}) as Partial<Record<string, string | null>>, t)
  if (type === 'factorChange') return writeFactorChange(value as FactorChange, t)
  if (type === 'connectionChange') return writeConnectionChange(value as ConnectionChange, t)
  if (type === 'providers' && Array.isArray(value)) return t.formats.list(value)
  return ''
}

/** Writes what changed about the accounts at providers: `Google was connected.` */
function writeConnectionChange({ kind, provider }: ConnectionChange, t: MailTranslator): string {
  const values = { provider }
  if (kind === 'added') return t('connectionChange.added', values)
  return kind === 'removed'
    ? t('connectionChange.removed', values)
    : t('connectionChange.removedByProof', values)
}

/** Writes what changed about the second factors: `A passkey was added.` */
function writeFactorChange({ kind, left = 0 }: FactorChange, t: MailTranslator): string {
  return kind === 'codeUsed' ? t('factorChange.codeUsed', { left }) : t(`factorChange.${kind}`)
}

/**
 * Writes where a call came from: `Firefox on Windows, network 192.0.2.0/24`.
 *
 * The sentence is in the language of the mail. Its parts are not, and `2001:db8::/48` would be turned around.
 */
function writeOrigin(origin: Partial<Record<string, string | null>>, t: MailTranslator): string {
  const show = (part: string | null = null) => (part !== null && t.direction === 'rtl' ? isolate(part) : part)
  const browser = show(origin.browser)
  const os = show(origin.os)
  const network = show(origin.network)
  const device =
    browser !== null && os !== null
      ? t('origin.browserOnSystem', { browser, system: os })
      : (browser ?? os ?? t('origin.unknownDevice'))
  return network === null
    ? t('origin.deviceInUnknownNetwork', { device })
    : t('origin.deviceInNetwork', { device, network })
}
