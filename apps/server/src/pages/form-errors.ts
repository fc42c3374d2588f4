import type { FieldErrors } from '@latchkey/core'
import { html } from 'hono/html'
import type { Html } from './site.ts'

export interface PasswordField {
  name: string
  label: string
  hint?: string
  errors: readonly string[]
  /** The longest refusal there is: as much room is kept below the input. */
  longestError: string
}

/**
 * Draws a password input with its label, and below it one of three, tied to it for screen readers too: the feedback
 * while typing, what is wrong, or its hint.
 *
 * There is no `maxlength`: browsers cut a pasted password at it without a word, and the person is locked out.
 */
export function passwordField({ name, label, hint, errors, longestError }: PasswordField): Html {
  const describedBy = [hint ? `${name}-hint` : '', errors.length > 0 ? `${name}-error` : '']
    .filter(Boolean)
    .join(' ')
  return html`<div class="field">
<label for="${name}">${label}</label>
<input type="password" id="${name}" name="${name}" autocomplete="new-password" autocapitalize="none" spellcheck="false" required minlength="8"${
    describedBy ? html` aria-describedby="${describedBy}"` : ''
  }${errors.length > 0 ? html` aria-invalid="true"` : ''}>
<div class="room below-field" data-fits="${longestError}">
<p class="feedback" role="status"></p>
${errors.length > 0 ? html`<div id="${name}-error">${errors.map((error) => html`<p class="field-error">${error}</p> `)}</div>` : ''}
${hint ? html`<p class="hint resting" id="${name}-hint">${hint}</p>` : ''}
</div>
</div>`
}

/**
 * Draws the summary of a refused form, each sentence leading to its field; those of no drawn field lead nowhere.
 *
 * It takes the focus by `autofocus`, without a script: the next Tab goes to the first sentence, then to the form.
 */
export function errorSummary(errors: FieldErrors, fields: readonly string[]): Html {
  const names = [...fields, ...Object.keys(errors).filter((name) => !fields.includes(name))]
  const items = names.flatMap((name) =>
    (errors[name] ?? []).map((error) =>
      fields.includes(name) ? html`<li><a href="#${name}">${error}</a></li>` : html`<li>${error}</li>`,
    ),
  )
  if (items.length === 0) return html``
  return html`<div class="errors" role="alert" tabindex="-1" autofocus aria-labelledby="errors-heading">
<h2 id="errors-heading">The password was not changed</h2>
<ul>${items}</ul>
</div>`
}
