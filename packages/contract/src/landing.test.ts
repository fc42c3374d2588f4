import { describe, expect, it } from 'vitest'
import { createLandingJudge, dropToken, fillLanding, hasSoundPlaces, readLandingEntry } from './landing.ts'

const ENTRIES = [
  'https://app.example.com/app/',
  'https://shop.example.com',
  'https://app.example.com/welcome',
  'https://app.example.com/reset#token={token}',
  'https://app.example.com/once?from=mail',
  'http://localhost:5173/',
].map((entry) => readLandingEntry(entry) ?? '')

const judge = createLandingJudge(ENTRIES)

describe('an address that a caller names', () => {
  it.each([
    ['https://app.example.com/app/', 'https://app.example.com/app/'],
    ['https://app.example.com/app/orders?id=7', 'https://app.example.com/app/orders?id=7'],
    ['HTTPS://APP.example.com:443/app/x', 'https://app.example.com/app/x'],
    ['https://app.example.com/app/a/../b', 'https://app.example.com/app/b'],
    ['https://app.example.com/welcome?plan=pro', 'https://app.example.com/welcome?plan=pro'],
    ['https://app.example.com/reset#token={token}', 'https://app.example.com/reset#token={token}'],
    ['https://app.example.com/once?from=mail', 'https://app.example.com/once?from=mail'],
    ['https://shop.example.com', 'https://shop.example.com/'],
    ['https://shop.example.com/any/page', 'https://shop.example.com/any/page'],
    ['http://localhost:5173/welcome', 'http://localhost:5173/welcome'],
  ])('is allowed by an entry: %s', (address, canonical) => {
    expect(judge(address)).toBe(canonical)
    expect(judge(canonical)).toBe(canonical)
  })

  it.each([
    'https://evil.com/',
    'https://app.example.com.evil.com/app/',
    'https://evil.com/https://app.example.com/app/',
    'https://app.example.com@evil.com/app/',
    'https://app.example.com:443@evil.com/app/',
    'https://user:pw@app.example.com/app/',
    'https://@app.example.com/app/',
    'https://app.example.com\\@evil.com/app/',
    'https:\\\\app.example.com/app/',
    'https://evil.com\\.app.example.com/app/',
    'https:app.example.com/app/',
    'https:///app.example.com/app/',
    '//app.example.com/app/',
    '/app/',
    'app.example.com/app/',
    'https://app.example.com./app/',
    'https://xapp.example.com/app/',
    'https://sub.app.example.com/app/',
    'https://app.example.com:8443/app/',
    'http://app.example.com/app/',
    'https://app.example.com/app',
    'https://app.example.com/apple/',
    'https://app.example.com/app/../evil',
    'https://app.example.com/app/%2e%2e/evil',
    'https://app.example.com/app/..%2fevil',
    'https://app.example.com/app/..%5Cevil',
    'https://app.example.com/app/..;/evil',
    'https://app.example.com/welcome/',
    'https://app.example.com/welcome/more',
    'https://app.example.com/welcome#token=of-somebody',
    'https://app.example.com/app/#token={token}',
    'https://app.example.com/app/?token={token}',
    'https://app.example.com/reset',
    'https://app.example.com/reset?x=1#token={token}',
    'https://app.example.com/reset#token={token}&x=1',
    'https://app.example.com/once?from=mail&x=1',
    'https://app.example.com/once',
    'http://localhost:5174/welcome',
    'http://localhost.evil.com:5173/',
    'http://127.0.0.1:5173/',
    'javascript:alert(1)//https://app.example.com/app/',
    'data:text/html,https://app.example.com/app/',
    'blob:https://app.example.com/app/',
    ' https://app.example.com/app/',
    'https://app.example.com/app/\n',
    'https://app.exam\tple.com/app/',
    'https://app.example.com/app/\u0000',
    'https://\u0430pp.example.com/app/',
    'https://app.example.com/app/\u202e',
    `https://app.example.com/app/${'x'.repeat(500)}`,
    '',
  ])('is refused: %j', (address) => {
    expect(judge(address)).toBeNull()
  })

  it.each([
    'https://app.example.com#t={token}',
    'https://app.example.com?from=mail',
    'https://App.Example.com/x?y=1',
    'https://app.example.com:443/reset#{purpose}={token}',
    'https://app.example.com/a/../reset#{purpose}={token}',
  ])('is allowed as its entry is written, though a parser of URLs writes it in another way: %s', (entry) => {
    const canonical = new URL(entry).href
    const judgeOne = createLandingJudge([readLandingEntry(entry) ?? ''])
    expect([judgeOne(entry), judgeOne(canonical)]).toEqual([canonical, canonical])
  })

  it('is refused when there is no entry', () => {
    expect(createLandingJudge([])('https://app.example.com/app/')).toBeNull()
  })
})

describe('an entry', () => {
  it.each([
    'https://*.example.com/',
    'https://app.example.com/*',
    'http://app.example.com/',
    'https://user@app.example.com/',
    'https://app.example.com\\app/',
    'https://app.example.com/?token={token}',
    'https://app.example.com/{token}/',
    'https://app.example.com/#{secret}',
    'myapp://open/',
    '/welcome',
    'app.example.com',
  ])('is refused: %s', (entry) => {
    expect(readLandingEntry(entry)).toBeNull()
  })
})

describe('placeholders', () => {
  it.each([
    ['/reset#token={token}', true],
    ['https://app.example.com/#/reset?t={token}&p={purpose}', true],
    ['/plain', true],
    ['/reset?token={token}', false],
    ['/{token}', false],
    ['/%7Btoken%7D', false],
    ['/reset#{Token}', false],
    ['/reset#{}', false],
  ])('stand behind the # only: %s', (target, isSound) => {
    expect(hasSoundPlaces(target)).toBe(isSound)
  })

  it('are filled in, and left out of the address of a used link', () => {
    const target = 'https://app.example.com/a#t={token}&p={purpose}'
    const values = { token: 'a.b-c_d', purpose: 'reset' } as const
    expect(fillLanding(target, values)).toBe('https://app.example.com/a#t=a.b-c_d&p=reset')
    expect(dropToken(target)).toBe('https://app.example.com/a')
    expect(dropToken('/a#p={purpose}')).toBe('/a#p={purpose}')
  })
})
