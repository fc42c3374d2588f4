import { describe, expect, it } from 'vitest'
import { RETURN_URL_MAX_CHARACTERS } from './limits.ts'
import { createReturnJudge, fillReturn, readReturnEntry } from './return-url.ts'

const ENTRIES = [
  'https://app.example.com/app',
  'https://shop.example.com',
  'http://localhost:5173',
  'com.example.app:/signed-in',
].map((entry) => readReturnEntry(entry) ?? '')

const judge = createReturnJudge(ENTRIES)

describe('return_to', () => {
  it.each([
    ['https://app.example.com/app', 'https://app.example.com/app'],
    ['https://app.example.com/app/', 'https://app.example.com/app/'],
    ['https://app.example.com/app/orders?id=7', 'https://app.example.com/app/orders?id=7'],
    ['https://app.example.com/app?id=7', 'https://app.example.com/app?id=7'],
    ['HTTPS://APP.example.com:443/app/x', 'https://app.example.com/app/x'],
    ['https://app.example.com/app/a/../b', 'https://app.example.com/app/b'],
    ['https://app.example.com/app/x?code=1&error=2&id=7', 'https://app.example.com/app/x?id=7'],
    ['https://shop.example.com', 'https://shop.example.com/'],
    ['https://shop.example.com/any/page', 'https://shop.example.com/any/page'],
    ['http://localhost:5173/welcome', 'http://localhost:5173/welcome'],
    ['com.example.app:/signed-in', 'com.example.app:/signed-in'],
  ])('is allowed below an entry: %s', (address, canonical) => {
    expect(judge(address)).toBe(canonical)
    expect(judge(canonical)).toBe(canonical)
  })

  it.each([
    ['another origin', 'https://evil.com/app'],
    ['another scheme', 'http://app.example.com/app'],
    ['another port', 'https://app.example.com:8443/app'],
    ['another port of this machine', 'http://localhost:5174/'],
    ['a longer host', 'https://app.example.com.evil.com/app'],
    ['a host below', 'https://x.app.example.com/app'],
    ['a root dot', 'https://app.example.com./app'],
    ['another path', 'https://app.example.com/other'],
    ['a path with the same beginning', 'https://app.example.com/apple'],
    ['another case of the path', 'https://app.example.com/App'],
    ['a path that leads out', 'https://app.example.com/app/../other'],
    ['an encoded path that leads out', 'https://app.example.com/app/%2e%2e/other'],
    ['an encoded slash', 'https://app.example.com/app/..%2fother'],
    ['an encoded backslash', 'https://app.example.com/app/..%5Cother'],
    ['an encoded NUL', 'https://app.example.com/app/%00'],
    ['a parameter of a path', 'https://app.example.com/app/..;/other'],
    ['a user', 'https://app.example.com@evil.com/app'],
    ['a user of the right host', 'https://user:pw@app.example.com/app'],
    ['an empty user', 'https://@app.example.com/app'],
    ['a port before a user', 'https://app.example.com:443@evil.com/app'],
    ['a backslash for a slash', 'https:\\\\app.example.com\\app'],
    ['a backslash in the host', 'https://evil.com\\@app.example.com/app'],
    ['a backslash in the path', 'https://app.example.com/app\\..\\other'],
    ['a fragment', 'https://app.example.com/app#x'],
    ['an empty fragment', 'https://app.example.com/app#'],
    ['a tabulator', 'https://app.example.com/\tapp'],
    ['a tabulator in the scheme', 'ht\ttps://app.example.com/app'],
    ['a line break', 'https://app.example.com/app\r\nSet-Cookie: x=y'],
    ['a NUL', 'https://app.example.com/app/\0'],
    ['a delete character', 'https://app.example.com/app/\x7f'],
    ['a blank before it', ' https://app.example.com/app'],
    ['a blank behind it', 'https://app.example.com/app '],
    ['a missing slash', 'https:/app.example.com/app'],
    ['no slash', 'https:app.example.com/app'],
    ['three slashes', 'https:///app.example.com/app'],
    ['no scheme', '//app.example.com/app'],
    ['a path alone', '/app'],
    ['nothing', ''],
    ['a script', 'javascript:alert(1)//https://app.example.com/app'],
    ['a data URL', 'data:text/html,app'],
    ['letters that are no ASCII', 'https://app.ex\u0430mple.com/app'],
    ['full-width letters of the host', 'https://\uff41pp.example.com/app'],
    ['an encoded host', 'https://%61pp.example.com/app'],
    ['another path of an app', 'com.example.app:/other'],
    ['a path below that of an app', 'com.example.app:/signed-in/x'],
    ['a query of an app', 'com.example.app:/signed-in?x=1'],
    ['another case of an app', 'COM.example.app:/signed-in'],
    ['the host of an app', 'com.example.app://evil/signed-in'],
    ['another app', 'com.example.apple:/signed-in'],
    ['more characters than anybody needs', `https://shop.example.com/${'x'.repeat(500)}`],
  ])('is refused for %s', (_, address) => {
    expect(judge(address)).toBeNull()
  })

  it('is nothing where no entry is configured', () => {
    expect(createReturnJudge([])('https://app.example.com/app')).toBeNull()
    expect(createReturnJudge([''])('')).toBeNull()
  })
})

describe('an entry of PROVIDER_RETURN_URLS', () => {
  it.each([
    ['https://app.example.com', 'https://app.example.com/'],
    ['https://App.example.com:443/app', 'https://app.example.com/app'],
    ['http://127.0.0.1:8080/', 'http://127.0.0.1:8080/'],
    ['com.example.app:/oauth/done', 'com.example.app:/oauth/done'],
  ])('has a canonical form: %s', (entry, canonical) => {
    expect(readReturnEntry(entry)).toBe(canonical)
  })

  it.each([
    'http://app.example.com',
    'https://app.example.com/?x=1',
    'https://app.example.com/#x',
    'https://user@app.example.com/',
    'https://*.example.com/',
    'app.example.com',
    'javascript:/x',
    'myapp:/path',
    'com.example.app://host/path',
    'https://',
  ])('is refused: %s', (entry) => {
    expect(readReturnEntry(entry)).toBeNull()
  })
})

describe('the outcome', () => {
  it.each([
    ['https://app.example.com/app?id=7', 'https://app.example.com/app?id=7&code=abc'],
    ['https://shop.example.com/', 'https://shop.example.com/?code=abc'],
    ['com.example.app:/signed-in', 'com.example.app:/signed-in?code=abc'],
  ])('stands in the query: %s', (target, filled) => {
    expect(fillReturn(target, { code: 'abc' })).toBe(filled)
  })

  it('is written so that no value adds another parameter', () => {
    expect(fillReturn('https://shop.example.com/', { error: 'a&code=b#c' })).toBe(
      'https://shop.example.com/?error=a%26code%3Db%23c',
    )
  })
})

it('an entry has at most as many characters as an address', () => {
  const longest = `https://app.example.com/${'a'.repeat(RETURN_URL_MAX_CHARACTERS - 24)}`
  expect(readReturnEntry(longest)).toBe(longest)
  expect(readReturnEntry(`${longest}a`)).toBeNull()
})
