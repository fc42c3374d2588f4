import mustache from 'mustache'
import { loadTemplates } from './load-templates.ts'
import { type ListType, MAIL_VARIABLES, type MailRequest, type VariableType } from './mail-kinds.ts'
import { makeSafe } from './safe-values.ts'
import type { ComposedMail, PreparedMail } from './sealed-mail.ts'

/**
 * Prepares a mail for the queue: its kind, and its variables made safe. The worker composes it.
 *
 * @throws when a link does not lead to this server
 */
export function prepareMail(request: MailRequest, publicUrl: string): Omit<PreparedMail, 'id'> {
  const { kind, to, discard = false } = request
  const common = { site: new URL(publicUrl).host, publicUrl }
  const view = { ...common, ...makeAllSafe(request, publicUrl) }
  return { kind, to, date: new Date().toISOString(), discard, view }
}

/** Composes a prepared mail from the template of its kind. */
export type Composer = (mail: Omit<PreparedMail, 'id'>) => Omit<ComposedMail, 'id'>

/**
 * Loads the templates and creates the composer.
 *
 * @throws when templates have mistakes; the message lists all of them
 */
export async function createComposer(options: { templatesDir: string | null }): Promise<Composer> {
  const templates = await loadTemplates(options.templatesDir)
  return ({ view, ...mail }) => {
    const template = templates[mail.kind]
    return {
      ...mail,
      subject: mustache
        .render(template.subject, view, {}, PLAIN)
        .replace(/[\p{Cc}\s]+/gu, ' ')
        .trim(),
      text: mustache.render(template.text, view, {}, PLAIN),
      html: mustache.render(template.html, view),
    }
  }
}

/** Plain text needs no escaping, because `makeSafe` has treated the values. */
const PLAIN = { escape: (value: unknown) => String(value) }

type View = Record<string, string | Record<string, string>[]>

function makeAllSafe(request: MailRequest, publicUrl: string): View {
  const types: Record<string, VariableType | ListType> = MAIL_VARIABLES[request.kind]
  const given: View = request.variables
  const makeValueSafe = (type: VariableType | ListType, value: View[string] = ''): View[string] => {
    if (typeof type === 'string') return makeSafe(type, String(value), publicUrl)
    const entries = Array.isArray(value) ? value : []
    return entries.map((entry) => mapTypes(type, (name, one) => makeSafe(one, entry[name] ?? '', publicUrl)))
  }
  return mapTypes(types, (name, type) => makeValueSafe(type, given[name]))
}

function mapTypes<Type, Value>(
  types: Readonly<Record<string, Type>>,
  map: (name: string, type: Type) => Value,
): Record<string, Value> {
  return Object.fromEntries(Object.entries(types).map(([name, type]) => [name, map(name, type)]))
}
