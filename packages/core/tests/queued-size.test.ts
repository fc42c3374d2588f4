import { createTestCore, newEmail, signUp, signUpForm, type TestCore, withConfig } from '@latchkey/testkit'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { requestPasswordReset } from '../src/operations/password/request-password-reset.ts'
import { register } from '../src/operations/registration/register.ts'
import { resendVerification } from '../src/operations/registration/resend-verification.ts'

/** Enough for every variable of a mail. A composed mail takes 19,000. */
const MOST_BYTES = 2000

let test: TestCore
beforeAll(async () => {
  const mail = { from: 'Latchkey <no-reply@localhost>', mailboxDir: null, templatesDir: null }
  test = await createTestCore({ mail: { ...mail, mode: 'smtp', smtpUrl: 'smtp://127.0.0.1:1' } })
})
afterAll(() => test.close())

/** The size of the mails that some work queues. No worker runs, so each stays. */
async function sizesOf(work: () => Promise<unknown>): Promise<number[]> {
  await test.database.sql`delete from latchkey_mail.job`
  await work()
  const rows = await test.database.sql`select length(data::text) as size from latchkey_mail.job`
  return rows.map(({ size }) => size)
}

it('a reset queues as many bytes for an unknown address as for a known one, and few', async () => {
  const { email } = await signUp(test.ctx)
  const [known] = await sizesOf(() => requestPasswordReset(test.ctx, { email }))
  const [unknown] = await sizesOf(() => requestPasswordReset(test.ctx, { email: newEmail() }))
  expect(Math.abs((known ?? 0) - (unknown ?? 0))).toBeLessThan(16)
  expect(unknown).toBeLessThan(MOST_BYTES)
})

it.each(['unknown', 'known'])(
  'no mail of an anonymous caller takes many bytes: an %s address',
  async (which) => {
    const mandatory = withConfig(test.ctx, { emailVerification: 'mandatory' })
    const email = which === 'known' ? (await signUp(test.ctx)).email : newEmail()
    const long = 'x'.repeat(150)
    const sizes = await sizesOf(async () => {
      await register(mandatory, signUpForm({ email, firstName: long, lastName: long }))
      await resendVerification(mandatory, { email })
      await requestPasswordReset(mandatory, { email })
    })
    expect(sizes).toHaveLength(3)
    for (const size of sizes) expect(size).toBeLessThan(MOST_BYTES)
  },
)
