import { expect, it } from 'vitest'
import { createTestSite } from '../../../../tests/test-site.ts'
import { passwordResetFormPage } from './password-reset-form-page.ts'

const site = createTestSite()
const email = 'ada.lovelace@example.com'
const link = 'the-mark-of-the-link'
const TOO_SHORT = 'This password is too short. It must contain at least 8 characters.'
const MISMATCH = 'The two password fields didn’t match.'
/** What people read in place of the sentences of the contract. */
const SHOWN_TOO_SHORT = 'This password is too short. Use at least 8 characters.'
const SHOWN_MISMATCH = 'The two passwords are not the same.'

async function render(errors?: Record<string, string[]>): Promise<string> {
  return String(await passwordResetFormPage(site, { email, link, errors }))
}

/** The part of the page for one input: its label, its errors, the input; without the sentence it keeps room for. */
function fieldOf(page: string, name: string): string {
  const [form = ''] = page.split('</form>')
  const field = form
    .split('<div class="field">')
    .find((part) => part.includes(`<input type="password" id="${name}"`))
  expect(field).toBeDefined()
  return field?.replace(/ data-fits="[^"]*"/, '') ?? ''
}

it('names the user in masked form, and does not contain the address', async () => {
  const page = await render()
  expect(page).toContain('<bdi>a…e@e…e.com</bdi>')
  expect(page).not.toContain('lovelace')
  expect(page).not.toContain('autocomplete="username"')
})

it('posts two new passwords to the contract’s path, also under a prefix', async () => {
  const page = String(await passwordResetFormPage({ ...site, basePath: '/auth' }, { email, link }))
  expect(page).toContain('<form method="post" action="/auth/password/reset/set-new/"')
  expect(page).toContain(`<input type="hidden" name="link" value="${link}">`)
  for (const name of ['new_password1', 'new_password2']) {
    expect(page).toMatch(
      new RegExp(`<input type="password" id="${name}" name="${name}" autocomplete="new-password"`),
    )
  }
})

it('does not shorten a long password', async () => {
  expect(await render()).not.toContain('maxlength')
})

it('shows no error and no sign of one before a password was refused', async () => {
  const page = await render({})
  expect(page).not.toMatch(/role="alert"|aria-invalid|autofocus|Error: /)
})

it('shows the errors in a focused summary below the button, with a link to each field', async () => {
  const page = await render({ new_password2: [TOO_SHORT, MISMATCH] })
  expect(page).toContain('<title>Error: Choose a new password · Latchkey</title>')
  expect(page).toMatch(/<\/form>\s*<div class="errors" role="alert" tabindex="-1" autofocus/)
  expect(page).toContain(`<li><a href="#new_password1">${SHOWN_TOO_SHORT}</a></li>`)
  expect(page).toContain(`<li><a href="#new_password2">${SHOWN_MISMATCH}</a></li>`)
})

it('shows broken rules at the password and a mismatch at its repetition', async () => {
  const page = await render({ new_password2: [TOO_SHORT, 'This field is required.'] })
  const first = fieldOf(page, 'new_password1')
  const second = fieldOf(page, 'new_password2')
  expect(first).toContain(SHOWN_TOO_SHORT)
  expect(first).toContain('aria-describedby="new_password1-hint new_password1-error" aria-invalid="true"')
  expect(second).not.toContain(SHOWN_TOO_SHORT)
  expect(second).toContain('Fill in this field.')
  expect(second).toContain('aria-describedby="new_password2-error" aria-invalid="true"')
})

it('marks only the refused field', async () => {
  const page = await render({ new_password2: [TOO_SHORT] })
  expect(fieldOf(page, 'new_password2')).not.toContain('aria-invalid')
})

it('lists an error that has no field', async () => {
  const page = await render({ non_field_errors: ['Invalid data.'] })
  expect(page).toContain('<li>Invalid data.</li>')
})

it('never contains a typed password', async () => {
  expect(await render({ new_password2: [MISMATCH] })).not.toMatch(/<input (?!type="hidden")[^>]*\svalue=/)
})

it('welcomes an invited user with words of their own', async () => {
  const page = String(await passwordResetFormPage(site, { email, link, isInvitation: true }))
  expect(page).toContain('<h1>Choose a password for your account</h1>')
  expect(page).toContain('<label for="new_password2">Password again</label>')
  expect(page).not.toMatch(/<(?:h1|label|button)[^>]*>[^<]*new password/i)
})

it('leaves the judgement of the fields to our own sentences', async () => {
  expect(await render()).toMatch(/<form [^>]* novalidate /)
})
