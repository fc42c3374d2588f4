import { afterEach, describe, expect, test, vi } from 'vitest'
import type { ClientOptions } from '../../src/index.ts'
import { openBrowser, signInAndWait } from '../support/bound-browser.ts'
import { holdTime, passSeconds, settle } from '../support/vitest.ts'

holdTime()
afterEach(() => vi.unstubAllGlobals())

const CUT_OFF_MILLISECONDS = 25_000

/** A server that never answers. It measures how long each request of a client lasts. */
function measureRequests() {
  const durations: number[] = []
  const fetch: ClientOptions['fetch'] = (_input, init) => {
    const sentAt = Date.now()
    return new Promise((_, reject) => {
      init?.signal?.addEventListener('abort', () => {
        durations.push(Date.now() - sentAt)
        reject(init.signal?.reason)
      })
    })
  }
  return { durations, fetch }
}

describe.each<[string, Parameters<typeof openBrowser>[0]]>([
  ['a bound session', {}],
  ['a bound session in cookie mode', { inCookie: true, bound: true }],
])('of %s', (_name, options) => {
  test.each([0, 30, 120])(
    'each request of a refresh is cut off 25 seconds after it was sent, with a grace of %s seconds',
    async (refreshGraceSeconds) => {
      const browser = openBrowser(options)
      await signInAndWait(browser)
      const { durations, fetch } = measureRequests()
      const tab = browser.openTab({ fetch, refreshGraceSeconds, timeoutSeconds: 200 })
      await expect(settle(tab.session.accessToken())).rejects.toMatchObject({ status: 0 })
      await passSeconds(120)
      expect(durations.length).toBeGreaterThan(1)
      expect(new Set(durations)).toEqual(new Set([CUT_OFF_MILLISECONDS]))
    },
  )
})
