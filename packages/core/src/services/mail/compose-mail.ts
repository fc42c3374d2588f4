import mustache from 'mustache'
import { loadTemplates } from './load-templates.ts'
import { MAIL_VARIABLES, type MailRequest, type VariableType } from './mail-kinds.ts'
import { makeSafe } from './safe-values.ts'
import type { ComposedMail } from './sealed-mail.ts'

/** Composes a mail from the template of its kind. */
export type Composer = (request: MailRequest) => Omit<ComposedMail, 'id'>

/**
 * Loads the templates and creates the composer.
 *
 * @throws when templates have mistakes; the message lists all of them
 */
export async function createComposer(options: {
  publicUrl: string
  templatesDir: string | null
}): Promise<Composer> {
  const templates = await loadTemplates(options.templatesDir)
  const common = { site: new URL(options.publicUrl).host, publicUrl: options.publicUrl }
  return (request) => {
    const template = templates[request.kind]
    const view = { ...common, ...makeAllSafe(request, options.publicUrl) }
    return {
      kind: request.kind,
      to: request.to,
      date: new Date().toISOString(),
      subject: mustache
        .render(template.subject, view, {}, PLAIN)
        .replace(/[\p{Cc}\s]+/gu, ' ')
        .trim(),
      text: mustache.render(template.text, view, {}, PLAIN),
      html: mustache.render(template.html, view),
      discard: request.discard ?? false,
    }
  }
}

/** Plain text needs no escaping, because `makeSafe` has treated the values. */
const PLAIN = { escape: (value: unknown) => String(value) }

function makeAllSafe(request: MailRequest, publicUrl: string): Record<string, string> {
  const types: Record<string, VariableType> = MAIL_VARIABLES[request.kind]
  const given: Record<string, string> = request.variables
  const entries = Object.entries(types).map(([name, type]) => [
    name,
    makeSafe(type, given[name] ?? '', publicUrl),
  ])
  return Object.fromEntries(entries)
}
