import { type FieldErrors, operations, PASSWORD_MIN_CHARACTERS } from '@latchkey/contract'
import { html } from 'hono/html'
import { PASSWORD_FORM_ASSET } from './assets.ts'
import { errorSummary, passwordField } from './form-errors.ts'
import { layout } from './layout.ts'
import { maskEmail } from './mask-email.ts'
import { findLongestWords, writeScriptWords } from './password-words.ts'
import { describeToPerson } from './refusal-words.ts'
import { type Html, linkTo, type Site } from './site.ts'

export interface PasswordResetFormData {
  /** The full address of the user. The page shows it masked and contains it nowhere else. */
  email: string
  /** The mark of the link that the form is made for. */
  link: string
  /** What the form of an app on another site had sent in place of the cookie. */
  token?: string
  /** Whether the link is an invitation. The user then chooses a first password. */
  isInvitation?: boolean
  /** Why a password was refused, in the shape of the contract. */
  errors?: FieldErrors
}

const FIELDS = ['new_password1', 'new_password2']

/** The words of a former user, and of an invited one. */
const RESET = {
  heading: 'password.heading',
  first: 'password.new',
  second: 'password.confirmation',
  button: 'password.button',
} as const
const INVITATION = {
  heading: 'password.headingForInvitation',
  first: 'password.newForInvitation',
  second: 'password.confirmationForInvitation',
  button: 'password.buttonForInvitation',
} as const

/**
 * The built-in form that sets a new password.
 *
 * It has no hidden user name for password managers. The bearer of the link would see the full address. A manager would
 * save a masked address as a name, and that name signs in nowhere. Managers offer the saved user of the site instead.
 *
 * The summary of a refusal stands below the button. So nothing to press moves, and no room is kept empty for it.
 *
 * The browser does not judge the fields: its own messages stand over the form, and in its own language.
 */
export function passwordResetFormPage(site: Site, data: PasswordResetFormData): Html {
  const { email, link, token, errors = {} } = data
  const { t } = site
  const keys = data.isInvitation ? INVITATION : RESET
  const placed = describeToPerson(site, { code: 'invalid', detail: '', fields: errors }).fields
  const refused = Object.keys(placed).length > 0
  const longest = findLongestWords(site)
  return layout(site, {
    heading: t(keys.heading),
    isRefusal: refused,
    icon: 'key',
    script: PASSWORD_FORM_ASSET,
    content: html`<p>${t.rich('password.forAccount', { email: html`<bdi>${maskEmail(email)}</bdi>` })}</p>
<form method="post" action="${linkTo(site, operations.setNewPassword.path)}" novalidate data-password-form="${writeScriptWords(site)}">
<input type="hidden" name="link" value="${link}">${
      token &&
      html`
<input type="hidden" name="token" value="${token}">`
    }
${passwordField({
  name: 'new_password1',
  label: t(keys.first),
  hint: t('password.hint', { count: PASSWORD_MIN_CHARACTERS }),
  errors: placed.new_password1 ?? [],
  longestError: longest.first,
})}
${passwordField({
  name: 'new_password2',
  label: t(keys.second),
  errors: placed.new_password2 ?? [],
  longestError: longest.second,
})}
<div class="check"></div>
<button type="submit">${t(keys.button)}</button>
</form>
${errorSummary(t('password.notChanged'), placed, FIELDS)}`,
  })
}
