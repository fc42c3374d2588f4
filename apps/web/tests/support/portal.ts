import { newEmail } from '@latchkey/testkit'
import type { BrowserContext, Page } from 'playwright-core'
import type { PortalServer } from './portal-server.ts'

/** A password that fulfils every rule. */
export const PASSWORD = 'correct horse battery'

/** How long a client of the tests waits for an answer. A starved machine needs longer than its default of ten seconds. */
export const PATIENCE_SECONDS = 120

/** The credentials of a user of the tests. */
export interface Person {
  email: string
  password: string
}

/** Makes up the credentials of a user who has not signed up yet. */
export function newPerson(): Person {
  return { email: `ada-${newEmail().slice(0, 8)}@example.com`, password: PASSWORD }
}

/** Fills in fields, by their labels. */
export async function fill(page: Page, fields: Record<string, string>): Promise<void> {
  for (const [label, value] of Object.entries(fields)) {
    await page.getByLabel(label, { exact: true }).fill(value)
  }
}

/** Presses the button with a name. */
export async function press(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).click()
}

/** Waits for the screen with a heading. */
export async function waitForScreen(page: Page, heading: string): Promise<void> {
  await page.getByRole('heading', { level: 1, name: heading, exact: true }).waitFor()
}

/** Sends the sign-up of a user in the portal. */
export async function sendSignUp(
  page: Page,
  server: Pick<PortalServer, 'url'>,
  person: Person,
): Promise<void> {
  await page.goto(`${server.url}/account/sign-up`)
  await fill(page, {
    'First name': 'Ada',
    'Last name': 'Lovelace',
    'Email address': person.email,
    Password: person.password,
    'Password again': person.password,
  })
  await press(page, 'Create account')
}

/** Signs a user up in the portal, and follows the mailed link. */
export async function signUp(page: Page, server: PortalServer, person: Person): Promise<void> {
  await sendSignUp(page, server, person)
  await waitForScreen(page, 'Check your email')
  await page.goto(await server.waitForLink(person.email, /http:\S+\/registration\/verification\/\S+/))
  await waitForScreen(page, 'Your email address is confirmed')
}

/** Signs a user in, in the portal. */
export async function signIn(page: Page, server: PortalServer, person: Person): Promise<void> {
  await page.goto(`${server.url}/account/sign-in`)
  await fill(page, { 'Email address': person.email, Password: person.password })
  await press(page, 'Sign in')
  await waitForScreen(page, 'Profile')
}

/** Opens a page by its link in the navigation. */
export async function openPage(page: Page, link: string, heading: string): Promise<void> {
  await page.getByRole('navigation').getByRole('link', { name: link }).click()
  await waitForScreen(page, heading)
}

/** Waits for a sentence anywhere on the page. */
export async function waitForSentence(page: Page, sentence: string | RegExp): Promise<void> {
  await page.getByText(sentence).first().waitFor()
}

/** Collects every error that a page reports, such as a violation of the Content-Security-Policy. */
export function listenForErrors(context: BrowserContext): string[] {
  const errors: string[] = []
  context.on('weberror', (error) => errors.push(String(error.error())))
  context.on('console', (message) => {
    const isRefusal = /Failed to load resource/.test(message.text())
    if (message.type() === 'error' && !isRefusal) errors.push(message.text())
  })
  return errors
}
