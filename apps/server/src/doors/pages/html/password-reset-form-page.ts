import {
  type FieldErrors,
  operations,
  PASSWORD_HINT,
  passwordTooSimilar,
  SENTENCES,
} from '@latchkey/contract'
import { html } from 'hono/html'
import { PASSWORD_FORM_ASSET } from './assets.ts'
import { errorSummary, NOT_CHANGED, passwordField } from './form-errors.ts'
import { icon } from './icons.ts'
import { layout } from './layout.ts'
import { maskEmail } from './mask-email.ts'
import type { Html, Site } from './site.ts'

export interface PasswordResetFormData {
  /** The full address of the user. The page shows it masked and contains it nowhere else. */
  email: string
  /** The mark of the link that the form is made for. */
  link: string
  /** What the form of an app on another site had sent in place of the cookie. */
  token?: string
  /** Why a password was refused, in the shape of the contract. */
  errors?: FieldErrors
}

const FIELDS = ['new_password1', 'new_password2']

/** The longest refusal of a new password. Browsers themselves refuse one that is too short. */
const UNFIT = [
  passwordTooSimilar('email address'),
  SENTENCES.passwordTooCommon,
  SENTENCES.passwordNumeric,
].join(' ')
/** The longest summary of a refused form, one sentence per line. */
const SUMMARY = [NOT_CHANGED, SENTENCES.passwordTooCommon, SENTENCES.passwordNumeric].join('\n')

/**
 * The built-in form that sets a new password.
 *
 * It has no hidden user name for password managers. The bearer of the link would see the full address. A manager would
 * save a masked address as a name, and that name signs in nowhere. Managers offer the saved user of the site instead.
 */
export function passwordResetFormPage(
  site: Site,
  { email, link, token, errors = {} }: PasswordResetFormData,
): Html {
  const placed = placeErrors(errors)
  const refused = Object.values(placed).some((sentences) => sentences.length > 0)
  return layout(site, {
    heading: 'Choose a new password',
    titlePrefix: refused ? 'Error: ' : undefined,
    top: html`<div class="room summary" data-fits="${SUMMARY}">${refused ? errorSummary(placed, FIELDS) : icon('key')}</div>`,
    script: PASSWORD_FORM_ASSET,
    content: html`<p>For the account <bdi>${maskEmail(email)}</bdi></p>
<form method="post" action="${site.basePath + operations.setNewPassword.path}" data-password-form>
<input type="hidden" name="link" value="${link}">${
      token &&
      html`
<input type="hidden" name="token" value="${token}">`
    }
${passwordField({
  name: 'new_password1',
  label: 'New password',
  hint: PASSWORD_HINT,
  errors: placed.new_password1 ?? [],
  longestError: UNFIT,
})}
${passwordField({
  name: 'new_password2',
  label: 'The new password again',
  errors: placed.new_password2 ?? [],
  longestError: SENTENCES.newPasswordsDiffer,
})}
<div class="check"></div>
<button type="submit">Set new password</button>
</form>`,
  })
}

// The contract puts the rules that a password breaks under `new_password2`. A reader expects them at the password
// itself. Other sentences stay where they are.
function placeErrors(errors: FieldErrors): FieldErrors {
  const second = errors.new_password2 ?? []
  const aboutThePassword = second.filter((sentence) => /^(This|The) password /.test(sentence))
  return {
    ...errors,
    new_password1: [...(errors.new_password1 ?? []), ...aboutThePassword],
    new_password2: second.filter((sentence) => !aboutThePassword.includes(sentence)),
  }
}
