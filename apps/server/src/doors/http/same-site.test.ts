import { describe, expect, it } from 'vitest'
import { createSameSiteCheck, type OwnSites } from './same-site.ts'

const SITES: OwnSites = {
  publicUrl: 'https://id.example/auth',
  corsOrigins: ['https://app.example'],
  passwordResetRedirect: 'https://form.example/reset?x=1',
}

function passes(headers: Record<string, string>, sites = SITES): boolean {
  try {
    createSameSiteCheck(sites)(new Headers(headers))
    return true
  } catch {
    return false
  }
}

describe('a request of an own page passes:', () => {
  it.each(['https://id.example', 'https://app.example', 'https://form.example'])('%s', (origin) => {
    expect(passes({ origin, 'sec-fetch-site': 'cross-site' })).toBe(true)
  })

  it('a page whose origin the browser hides', () => {
    expect(passes({ origin: 'null', 'sec-fetch-site': 'same-origin' })).toBe(true)
  })

  it.each<Record<string, string>>([{}, { 'sec-fetch-site': 'none' }, { 'sec-fetch-site': 'same-origin' }])(
    'no page at all: %j',
    (headers) => {
      expect(passes(headers)).toBe(true)
    },
  )
})

describe('a request of another page is refused:', () => {
  it.each<Record<string, string>>([
    { origin: 'https://evil.example' },
    { origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' },
    { origin: 'http://id.example' },
    { origin: 'null' },
    { origin: 'null', 'sec-fetch-site': 'none' },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'cross-site' },
  ])('%j', (headers) => {
    expect(passes(headers)).toBe(false)
  })

  it.each([null, 'app://reset', 'no address'])('also where the form is %s', (passwordResetRedirect) => {
    const sites = { ...SITES, passwordResetRedirect }
    expect(passes({ origin: 'null' }, sites)).toBe(false)
    expect(passes({ origin: 'https://id.example' }, sites)).toBe(true)
  })
})
