import { describe, expect, test } from 'vitest'
import { type CookieAttributes, cookieStorage } from '../../src/ssr/index.ts'
import { sign } from '../support/model-server.ts'
import { createBrowser, readOnly } from './place.ts'

const iat = 1_800_000_000
const claims = { iat, session: 'session-1', user_id: 'user-1', role: 0, email_verified: true }
const item = JSON.stringify({
  access: sign({ ...claims, token_type: 'access', exp: iat + 1800 }),
  refresh: sign({ ...claims, token_type: 'refresh', exp: iat + 1_209_600, generation: 1 }),
  sentAt: 1_800_000_000_000,
})

/** What a framework is asked to set. */
function record(options?: Parameters<typeof cookieStorage>[1]) {
  const set: [string, string, CookieAttributes][] = []
  const storage = cookieStorage({ get: () => null, set: (...cookie) => set.push(cookie) }, options)
  return { set, storage }
}

describe('the cookie of a session', () => {
  test('is for its host alone, out of reach for scripts, and ends with its refresh token', () => {
    const { set, storage } = record()
    storage.setItem('', item)
    const attributes = { httpOnly: true, secure: true, sameSite: 'lax', path: '/', maxAge: 1_209_600 }
    expect(set).toEqual([['__Host-latchkey', expect.any(String), attributes]])
  })

  test('is removed with the attributes it was set with', () => {
    const { set } = record()
    const cookies = {
      get: () => 'x',
      set: (...cookie: [string, string, CookieAttributes]) => set.push(cookie),
    }
    cookieStorage(cookies, { cookieName: 'shop' }).removeItem('')
    const attributes = { httpOnly: true, secure: true, sameSite: 'lax', path: '/', maxAge: 0 }
    expect(set).toEqual([['__Host-shop', '', attributes]])
  })

  test('has no prefix and is not Secure over plain http, where browsers refuse both', () => {
    const { set, storage } = record({ allowInsecureCookies: true })
    storage.setItem('', item)
    expect(set).toEqual([['latchkey', expect.any(String), expect.objectContaining({ secure: false })]])
  })

  test('has a value that no framework encodes, and gives back every item', () => {
    for (const text of [item, '{"a":"~0022 %7B ; = é 😀"}', '~', '~00']) {
      const browser = createBrowser()
      cookieStorage(browser).setItem('', item)
      const { set, storage } = record()
      storage.setItem('', text)
      const value = set[0]?.[1] ?? ''
      expect(encodeURIComponent(value)).toBe(value)
      expect(cookieStorage({ get: () => value }).getItem()).toBe(text)
      expect(cookieStorage({ get: () => ({ value }) }).getItem()).toBe(text)
    }
  })

  test('that would pass the size that browsers keep is refused by name', () => {
    const { set, storage } = record()
    expect(() => storage.setItem('', 'x'.repeat(3_801))).toThrow(RangeError)
    expect(set).toEqual([])
  })

  test.each([
    ['no cookie', undefined],
    ['an empty cookie', ''],
    ['null', null],
  ])('%s is no item', (_, found) => {
    expect(cookieStorage({ get: () => found }).getItem()).toBeNull()
  })
})

describe('a place tells whether its cookies can be written', () => {
  test('with a set that works, and then the cookie stays as it was', () => {
    const browser = createBrowser()
    cookieStorage(browser).setItem('', item)
    const before = new Map(browser.jar)
    expect(cookieStorage(browser).canWrite()).toBe(true)
    expect(browser.jar).toEqual(before)
  })

  test('without sending the present value again, which could arrive after a newer one', () => {
    const { set, storage } = record()
    expect(storage.canWrite()).toBe(true)
    expect(set).toEqual([['__Host-latchkey-probe', '', expect.objectContaining({ maxAge: 0 })]])
  })

  test('with a set that throws, and with no set', () => {
    expect(cookieStorage(readOnly(createBrowser())).canWrite()).toBe(false)
    expect(cookieStorage({ get: () => null }).canWrite()).toBe(false)
  })
})
