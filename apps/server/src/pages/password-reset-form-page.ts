import type { FieldErrors } from '@latchkey/core'
import { html } from 'hono/html'
import { PASSWORD_FORM_ASSET } from './assets.ts'
import { errorSummary, passwordField } from './form-errors.ts'
import { icon } from './icons.ts'
import { layout } from './layout.ts'
import { maskEmail } from './mask-email.ts'
import type { Html, Site } from './site.ts'

export interface PasswordResetFormData {
  /** The account's address in full; the page shows it masked and holds it nowhere else. */
  email: string
  /** Why a password was refused, as the contract gives it. */
  errors?: FieldErrors
}

const FIELDS = ['new_password1', 'new_password2']

/** What the page keeps room for, so that its button is where it was; a browser itself refuses what is too short. */
const COMMON = 'This password is too common.'
const NUMERIC = 'This password is entirely numeric.'
const UNFIT = `The password is too similar to the email address. ${COMMON} ${NUMERIC}`
const MISMATCH = "The two password fields didn't match."
const SUMMARY = `The password was not changed\n${COMMON}\n${NUMERIC}`

/**
 * The built-in form that sets a new password.
 *
 * It has no hidden user name for password managers: the full address would go to whoever holds the link, and the
 * masked one would be saved as a name that signs in nowhere. Managers offer the site's saved account instead.
 */
export function passwordResetFormPage(site: Site, { email, errors = {} }: PasswordResetFormData): Html {
  const placed = placeErrors(errors)
  const refused = Object.values(placed).some((sentences) => sentences.length > 0)
  return layout(site, {
    heading: 'Choose a new password',
    titlePrefix: refused ? 'Error: ' : undefined,
    top: html`<div class="room summary" data-fits="${SUMMARY}">${refused ? errorSummary(placed, FIELDS) : icon('key')}</div>`,
    script: PASSWORD_FORM_ASSET,
    content: html`<p>For the account <bdi>${maskEmail(email)}</bdi></p>
<form method="post" action="${site.basePath}/password/reset/set-new/" data-password-form>
${passwordField({
  name: 'new_password1',
  label: 'New password',
  hint: 'At least 8 characters. A few words that do not belong together are easy to remember and hard to guess.',
  errors: placed.new_password1 ?? [],
  longestError: UNFIT,
})}
${passwordField({
  name: 'new_password2',
  label: 'The new password again',
  errors: placed.new_password2 ?? [],
  longestError: MISMATCH,
})}
<div class="check"></div>
<button type="submit">Set new password</button>
</form>`,
  })
}

// The contract has the rules a password breaks under `new_password2`; a reader expects them at the password itself.
// Whatever is not recognised stays where it is.
function placeErrors(errors: FieldErrors): FieldErrors {
  const second = errors.new_password2 ?? []
  const aboutThePassword = second.filter((sentence) => /^(This|The) password /.test(sentence))
  return {
    ...errors,
    new_password1: [...(errors.new_password1 ?? []), ...aboutThePassword],
    new_password2: second.filter((sentence) => !aboutThePassword.includes(sentence)),
  }
}
