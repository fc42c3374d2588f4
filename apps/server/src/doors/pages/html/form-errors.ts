import { PASSWORD_MIN_CHARACTERS } from '@latchkey/contract'
import { html } from 'hono/html'
import type { Html } from './site.ts'

/** The sentences for people about each field, by its name. */
export type PlacedErrors = Record<string, readonly string[]>

export interface PasswordField {
  name: string
  label: string
  hint?: string
  errors: readonly string[]
  /** The longest refusal of the field. The room below the input is as high as it needs. */
  longestError: string
}

/**
 * Draws a password input with its label. Below it stands the feedback on the typed text, the error, or the hint. All of
 * them belong to the input, for eyes and for screen readers.
 *
 * There is no `maxlength`. Browsers silently cut a pasted password at it, and the user could then not sign in.
 */
export function passwordField({ name, label, hint, errors, longestError }: PasswordField): Html {
  const describedBy = `${hint ? `${name}-hint ` : ''}${name}-error`
  return html`<div class="field">
<label for="${name}">${label}</label>
<input type="password" id="${name}" name="${name}" autocomplete="new-password" autocapitalize="none" spellcheck="false" dir="ltr" required minlength="${PASSWORD_MIN_CHARACTERS}" aria-describedby="${describedBy}"${errors.length > 0 ? html` aria-invalid="true"` : ''}>
<div class="room below-field" data-fits="${longestError}">
<p class="feedback" role="status"></p>
<div id="${name}-error">${errors.map((error) => html`<p class="field-error">${error}</p> `)}</div>
${hint ? html`<p class="hint resting" id="${name}-hint">${hint}</p>` : ''}
</div>
</div>`
}

/**
 * Draws the summary of a refused form. Each sentence links to its field; a sentence without a drawn field has no link.
 *
 * It takes the focus by `autofocus`, without a script. The next Tab goes to the first sentence, which leads to its field.
 */
export function errorSummary(heading: string, errors: PlacedErrors, fields: readonly string[]): Html {
  const names = [...fields, ...Object.keys(errors).filter((name) => !fields.includes(name))]
  const items = names.flatMap((name) =>
    (errors[name] ?? []).map((error) =>
      fields.includes(name) ? html`<li><a href="#${name}">${error}</a></li>` : html`<li>${error}</li>`,
    ),
  )
  if (items.length === 0) return html``
  return html`<div class="errors" role="alert" tabindex="-1" autofocus aria-labelledby="errors-heading">
<h2 id="errors-heading">${heading}</h2>
<ul>${items}</ul>
</div>`
}
