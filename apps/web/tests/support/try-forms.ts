import { waitForFrames } from '@latchkey/testkit/browser'
import type { Locator, Page } from 'playwright-core'

/** The values to type, by the type of the field: empty values, values that are usually refused, and valid values. */
const ROUNDS: Record<string, string>[] = [
  {},
  { text: 'x', email: 'x', password: 'x', search: 'x' },
  { text: 'Ada', email: 'somebody@example.com', password: 'correct horse battery', search: 'ada' },
]

/** Fills in and sends every form of a screen: empty, invalid, valid, and offline. */
export async function tryForms(page: Page): Promise<void> {
  const url = page.url()
  const isLeft = async (form: Locator) => page.url() !== url || (await form.count()) === 0
  for (const form of await page.locator('form').all()) {
    for (const values of ROUNDS) {
      if (await isLeft(form)) return
      await send(page, form, values)
    }
    if (await isLeft(form)) return
    await page.context().setOffline(true)
    await send(page, form, ROUNDS[2] ?? {})
    await page.context().setOffline(false)
    await settle(page)
  }
}

async function send(page: Page, form: Locator, values: Record<string, string>): Promise<void> {
  for (const input of await form.locator('input:visible').all()) {
    const type = (await input.getAttribute('type')) ?? 'text'
    if (type === 'checkbox') await input.setChecked(true)
    else {
      await input.fill(values[type] ?? '')
      await input.blur()
    }
    await waitForFrames(page)
  }
  await form.locator('button[type=submit]').click()
  await settle(page)
}

/** Waits until every form has its answer and the page is drawn. */
async function settle(page: Page): Promise<void> {
  await waitForFrames(page)
  await page.waitForFunction(() => document.querySelector('[aria-busy="true"]') === null)
  await waitForFrames(page)
}
