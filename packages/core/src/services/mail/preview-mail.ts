import { type ComposerOptions, createComposer, prepareMail } from './compose-mail.ts'
import { makeExampleMail } from './example-mail.ts'
import type { MailKind } from './mail-kinds.ts'

/** The parts of a mail with example values. */
export interface MailPreview {
  kind: MailKind
  language: string
  subject: string
  text: string
  html: string
}

/**
 * Composes a mail with example values, from the templates and in the look of this server.
 *
 * @param options.language - the language of the recipient; null for the default language
 * @throws when the templates of the operator have mistakes; the message lists all of them
 */
export async function previewMail(
  kind: MailKind,
  options: ComposerOptions & { language: string | null },
): Promise<MailPreview> {
  const compose = await createComposer(options)
  const {
    subject,
    text,
    html,
    language = options.defaultLanguage,
  } = compose(prepareMail(makeExampleMail(kind, options), options.publicUrl))
  return { kind, language, subject, text, html }
}
