import { findLanguage, findPseudoLanguage } from '@latchkey/languages'
import mustache from 'mustache'
import { makeTemplate } from './built-in-template.ts'
import { describeCommon, type MailSite } from './common-values.ts'
import { findOwnTemplate, loadTemplates, type OwnTemplates } from './load-templates.ts'
import {
  type ListType,
  MAIL_VARIABLES,
  type MailKind,
  type MailRequest,
  type Template,
  type VariableType,
} from './mail-kinds.ts'
import { makeSafe } from './safe-values.ts'
import type { ComposedMail, PreparedMail } from './sealed-mail.ts'
import { getTranslator, type MailLanguage } from './translator.ts'
import { writeValues } from './write-values.ts'

/**
 * Prepares a mail for the queue: its kind, its language, and its variables made safe. The worker composes it.
 *
 * @throws when a link does not lead to this server
 */
export function prepareMail(request: MailRequest, publicUrl: string): Omit<PreparedMail, 'id'> {
  const { kind, to, language, discard = false } = request
  const view = makeAllSafe(request, publicUrl)
  return { kind, to, date: new Date().toISOString(), discard, language, view }
}

/** Composes a prepared mail from the template of its kind in the language of its recipient. */
export type Composer = (mail: Omit<PreparedMail, 'id'>) => Omit<ComposedMail, 'id'>

/** What a composer needs. */
export interface ComposerOptions extends MailSite {
  /** The folder with the templates of the operator; null for none. */
  templatesDir: string | null
  /** The language of a mail to a recipient without one. */
  defaultLanguage: MailLanguage
}

/**
 * Loads the templates of the operator and creates the composer. A built-in template is made when it is first needed.
 *
 * @throws when templates have mistakes; the message lists all of them
 */
export async function createComposer(options: ComposerOptions): Promise<Composer> {
  const own = await loadTemplates(options.templatesDir)
  const find = createFinder(own)
  return ({ view, language: wanted, ...mail }) => {
    const language = readLanguage(wanted) ?? options.defaultLanguage
    const t = getTranslator(language)
    const template = find(mail.kind, language)
    const values = { ...writeValues(mail.kind, view, t), ...describeCommon(options, t) }
    return {
      ...mail,
      language: t.language,
      subject: mustache
        .render(template.subject, values, {}, PLAIN)
        .replace(/[\p{Cc}\s]+/gu, ' ')
        .trim(),
      text: mustache.render(template.text, values, {}, PLAIN),
      html: mustache.render(template.html, values),
    }
  }
}

/** Makes the function that finds the template of a kind in a language. Each is put together once. */
function createFinder(own: OwnTemplates): (kind: MailKind, language: MailLanguage) => Template {
  const made = new Map<string, Template>()
  return (kind, language) => {
    const name = `${language}/${kind}`
    const known = made.get(name)
    if (known) return known
    const template = {
      ...makeTemplate(kind, getTranslator(language)),
      ...findOwnTemplate(own, kind, language),
    }
    made.set(name, template)
    return template
  }
}

/** Reads a stored language. One that this release lacks counts as none. */
function readLanguage(language: string | null | undefined): MailLanguage | null {
  return findPseudoLanguage(language) ?? findLanguage(language)
}

/** Plain text needs no escaping, because `makeSafe` has treated the values. */
const PLAIN = { escape: (value: unknown) => String(value) }

function makeAllSafe({ kind, variables }: MailRequest, publicUrl: string): Record<string, unknown> {
  const types: Record<string, VariableType | ListType> = MAIL_VARIABLES[kind]
  const given: Record<string, unknown> = variables
  return mapTypes(types, (name, type) => {
    if (typeof type === 'string') return makeSafe(type, given[name], publicUrl)
    const entries = (given[name] ?? []) as Record<string, unknown>[]
    return entries.map((entry) => mapTypes(type, (one, its) => makeSafe(its, entry[one], publicUrl)))
  })
}

function mapTypes<Type, Value>(
  types: Readonly<Record<string, Type>>,
  map: (name: string, type: Type) => Value,
): Record<string, Value> {
  return Object.fromEntries(Object.entries(types).map(([name, type]) => [name, map(name, type)]))
}
