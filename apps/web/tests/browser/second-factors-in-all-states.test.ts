import { createTestDatabase, type TestDatabase } from '@latchkey/testkit'
import { addAuthenticator, launchBrowser, watchControls } from '@latchkey/testkit/browser'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectAccessible } from '../support/accessible.ts'
import { FACTOR_ROLE, walkFactorStates } from '../support/factor-states.ts'
import { listenForErrors } from '../support/portal.ts'
import { type PortalServer, startPortalServer } from '../support/portal-server.ts'
import { listCut, listUntranslated, speak } from '../support/texts.ts'

let database: TestDatabase
let server: PortalServer
let browser: Browser
beforeAll(async () => {
  database = await createTestDatabase({ empty: true })
  server = await startPortalServer(database.url, {
    EMAIL_VERIFICATION: 'none',
    EMAIL_VERIFIED_REDIRECT: '',
    MFA_REQUIRED_ROLES: String(FACTOR_ROLE),
    THROTTLE_LOGIN: 'off',
    THROTTLE_ANON: 'off',
    THROTTLE_USER: 'off',
  })
  browser = await launchBrowser()
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
  await database?.drop()
})

describe.each([
  ['light', 'en-XA'],
  ['dark', 'ar-XB'],
] as const)('in the %s theme and in %s', (colorScheme, language) => {
  test('every screen and dialog of second factors is accessible, from a catalogue, whole and steady', async () => {
    const context = await browser.newContext({ colorScheme, viewport: { width: 390, height: 844 } })
    const errors = listenForErrors(context)
    const page = await context.newPage()
    await speak(page, language)
    const device = await addAuthenticator(page)
    const seen: string[] = []
    await walkFactorStates({ page, device, url: server.url, database }, async (name) => {
      seen.push(name)
      await page.setViewportSize({ width: 390, height: 844 })
      expect({ name, cut: await listCut(page) }).toEqual({ name, cut: [] })
      if (language === 'en-XA') {
        // The sentences about what was sent are those of the client.
        const own = (await listUntranslated(page)).filter((text) => !/^[A-Z].*\.$/.test(text))
        expect({ name, own }).toEqual({ name, own: [] })
      }
      await expectAccessible(page)
      await page.setViewportSize({ width: 390, height: 844 })
    })
    expect(seen).toHaveLength(22)
    expect(errors).toEqual([])
    await context.close()
  })
})

describe.each([
  ['a desktop', { width: 1280, height: 800 }],
  ['a phone', { width: 390, height: 844 }],
] as const)('on %s', (_name, viewport) => {
  test('no control of second factors moves', async () => {
    const context = await browser.newContext({ viewport })
    const unsteady = await watchControls(context)
    const page = await context.newPage()
    const device = await addAuthenticator(page)
    await walkFactorStates({ page, device, url: server.url, database }, async () => {})
    expect(unsteady).toEqual([])
    await context.close()
  })
})
