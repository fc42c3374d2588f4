import { createClient, memoryStorage } from '@latchkey/client'
import { type TestDatabase, totpCodeAt } from '@latchkey/testkit'
import type { Authenticator } from '@latchkey/testkit/browser'
import type { Page } from 'playwright-core'
import { newPerson, PATIENCE_SECONDS, type Person } from './portal.ts'

/** The role that must have a second factor, for `MFA_REQUIRED_ROLES`. */
export const FACTOR_ROLE = 7

/** Where the states are: a page with an authenticator, and a server with its database. */
export interface FactorStage {
  page: Page
  device: Authenticator
  /** The URL of the server, which runs with {@link FACTOR_ROLE}. */
  url: string
  database: TestDatabase
}

/** Is called in each state, with its name. */
type Visit = (name: string) => Promise<void>

/**
 * Leads a new user through every screen and dialog of second factors, without a word of any language.
 *
 * Control by control the states are those of a person: nothing is put into the page.
 */
export async function walkFactorStates(stage: FactorStage, visit: Visit): Promise<void> {
  const person = await createPerson(stage)
  await beginSignIn(stage, person)
  await stage.page.locator('.account').waitFor()
  await walkPasskeys(stage, visit)
  await walkApp(stage, visit)
  await walkOverview(stage, visit)
  await walkConfirmation(stage, visit)
  await walkSecondStep(stage, person, visit)
  await walkSetUp(stage, visit)
}

async function createPerson({ url, database }: FactorStage, role = 0): Promise<Person> {
  const { email, password } = newPerson()
  const client = createClient({ baseUrl: url, storage: memoryStorage(), timeoutSeconds: PATIENCE_SECONDS })
  const names = { first_name: 'Ada', last_name: 'Lovelace' }
  await client.register({ email, password1: password, password2: password, ...names })
  await database.sql`update users set role = ${role}, email_verified = true where email = ${email}`
  return { email, password }
}

async function beginSignIn({ page, url, device }: FactorStage, { email, password }: Person): Promise<void> {
  await device.setPresent(false)
  await page.goto(`${url}/account/sign-in`)
  await page.locator('#email').fill(email)
  await page.locator('#password').fill(password)
  await page.locator('main form button[type=submit]').click()
}

async function openSecurity({ page, url }: FactorStage): Promise<void> {
  await page.goto(`${url}/account/security`)
  await page.locator('#passkeys-heading').waitFor()
}

async function walkPasskeys(stage: FactorStage, visit: Visit): Promise<void> {
  const { page, device } = stage
  await openSecurity(stage)
  await visit('/security, off')
  await device.setPresent(true)
  await page.locator('.passkey').click()
  const acts = page.locator('.rows li > .actions > button')
  await acts.first().waitFor()
  await visit('/security, a passkey')
  await walkDialog(stage, acts.first(), () => visit('/security, rename'))
  await walkDialog(stage, acts.last(), () => visit('/security, remove'))
}

async function walkDialog(
  { page }: FactorStage,
  button: ReturnType<Page['locator']>,
  visit: () => Promise<void>,
): Promise<void> {
  await button.click()
  await page.locator('dialog[open]').waitFor()
  await visit()
  await page.keyboard.press('Escape')
  await page.locator('dialog[open]').waitFor({ state: 'detached' })
}

async function walkApp({ page }: FactorStage, visit: Visit): Promise<void> {
  await page.locator('section[aria-labelledby=app-heading] button').click()
  await page.locator('.qr').waitFor()
  await visit('/security, app')
  await page.locator('#code').fill('000000')
  await page.locator('#code-error').waitFor()
  await visit('/security, app, wrong code')
  const secret = ((await page.locator('.secret code').textContent()) ?? '').replaceAll(' ', '')
  await page.locator('#code').fill(totpCodeAt(secret, Date.now() / 1000))
  await page.locator('.codes').waitFor()
  await visit('/security, codes')
  await page.locator('main form button[type=submit]').click()
  await page.locator('#codes-saved-error').waitFor()
  await visit('/security, codes not saved')
  await page.locator('#codes-saved').check()
  await page.locator('main form button[type=submit]').click()
  await page.locator('.rows li').waitFor()
}

async function walkOverview(stage: FactorStage, visit: Visit): Promise<void> {
  const { page, database } = stage
  await visit('/security, on')
  const turnOff = page.locator('section[aria-labelledby=two-steps-heading] > button')
  await walkDialog(stage, turnOff, () => visit('/security, turn off'))
  await database.sql`update recovery_codes set used_at = now() where used_at is null and ctid in
    (select ctid from recovery_codes where used_at is null limit 8)`
  await openSecurity(stage)
  await visit('/security, few codes')
}

async function walkConfirmation({ page, database }: FactorStage, visit: Visit): Promise<void> {
  await database.sql`update sessions set auth_time = now() - interval '1 hour'`
  await page.locator('section[aria-labelledby=codes-heading] > button').click()
  const dialog = page.locator('dialog[open]')
  await dialog.waitFor()
  await visit('confirm, passkey')
  await dialog.locator('.ways button').first().click()
  await visit('confirm, code')
  await page.context().setOffline(true)
  await page.locator('#confirm-code').fill('123456')
  await dialog.getByRole('alert').waitFor()
  await visit('confirm, offline')
  await page.context().setOffline(false)
  await dialog.locator('.ways button').last().click()
  await visit('confirm, recovery code')
  await page.keyboard.press('Escape')
  await page.locator('main').getByRole('alert').waitFor()
  await visit('/security, not confirmed')
}

async function walkSecondStep(stage: FactorStage, person: Person, visit: Visit): Promise<void> {
  const { page, device } = stage
  await device.setPresent(false)
  await page.locator('.bar .tools button').click()
  await page.locator('.plain #email').waitFor()
  await visit('/sign-in, signed out')
  await beginSignIn(stage, person)
  await page.locator('.plain .ways button').first().waitFor()
  await visit('/sign-in/second-step')
  await page.locator('.ways button').first().click()
  await page.locator('#code').waitFor()
  await visit('/sign-in/second-step, code')
  await page.locator('main form button[type=submit]').click()
  await page.locator('#code-error').waitFor()
  await visit('/sign-in/second-step, no code')
  await page.locator('.ways button').last().click()
  await page.locator('#recovery_code').fill('0000-0000-0000-0000-0000-0000')
  await page.locator('main form button[type=submit]').click()
  await page.locator('#recovery_code-error').waitFor()
  await visit('/sign-in/second-step, wrong recovery code')
}

async function walkSetUp(stage: FactorStage, visit: Visit): Promise<void> {
  await beginSignIn(stage, await createPerson(stage, FACTOR_ROLE))
  await stage.page.locator('.plain h2').first().waitFor()
  await visit('/sign-in/set-up')
}
