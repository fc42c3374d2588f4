import { describe, expect, it } from 'vitest'
import { parseDevice, parseKnownDevice } from './device.ts'

const WEBKIT = 'AppleWebKit/537.36 (KHTML, like Gecko)'
const IOS = 'AppleWebKit/605.1.15 (KHTML, like Gecko)'
const NOTHING = { browser: null, os: null, device: null }

describe('parseDevice', () => {
  it.each([
    [
      'Chrome on Windows',
      `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${WEBKIT} Chrome/131.0.0.0 Safari/537.36`,
      { browser: 'Chrome', os: 'Windows', device: 'desktop' },
    ],
    [
      'Edge on Windows',
      `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${WEBKIT} Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0`,
      { browser: 'Microsoft Edge', os: 'Windows', device: 'desktop' },
    ],
    [
      'Safari on macOS',
      `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${IOS} Version/18.1 Safari/605.1.15`,
      { browser: 'Safari', os: 'macOS', device: 'Apple' },
    ],
    [
      'Safari on an iPhone',
      `Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) ${IOS} Version/18.1 Mobile/15E148 Safari/604.1`,
      { browser: 'Safari', os: 'iOS', device: 'Apple iPhone' },
    ],
    [
      'Safari on an iPad',
      `Mozilla/5.0 (iPad; CPU OS 17_5 like Mac OS X) ${IOS} Version/17.5 Mobile/15E148 Safari/604.1`,
      { browser: 'Safari', os: 'iOS', device: 'Apple iPad' },
    ],
    [
      'Firefox on Linux',
      'Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0',
      { browser: 'Firefox', os: 'Linux', device: 'desktop' },
    ],
    [
      'Chrome on Android',
      `Mozilla/5.0 (Linux; Android 14; Pixel 8) ${WEBKIT} Chrome/131.0.6778.81 Mobile Safari/537.36`,
      { browser: 'Chrome', os: 'Android', device: 'mobile' },
    ],
    ['curl', 'curl/8.11.0', { ...NOTHING, browser: 'curl' }],
    ['Python requests', 'python-requests/2.32.3', { ...NOTHING, browser: 'python-requests' }],
    ['a client without the header', null, NOTHING],
    ['a client with an empty header', '', NOTHING],
    ['a client with a product and no version', 'node', NOTHING],
    ['a client with Mozilla as its only product', 'Mozilla/5.0', NOTHING],
    ['a client that sends garbage', "🔑 (((( ');--", NOTHING],
  ])('reads the device of %s', (_, userAgent, device) => {
    expect(parseDevice(userAgent)).toEqual(device)
  })

  it.each([
    'Mozilla/5.0 (',
    'A',
    'a/',
    ' ',
    'Version/',
    'Opera ',
    'Android ',
    '(((',
    'x;',
    'like Mac OS X 1_',
  ])('reads the first 512 characters of %j alone, and cuts every name to 60 characters', (piece) => {
    const header = piece.repeat(10_240 / piece.length)
    const device = parseDevice(header)
    // A pattern of the parser takes a time that grows with the square of the text, so the text is bounded.
    expect(device).toEqual(parseDevice(header.slice(0, 512)))
    expect(device).toEqual(parseDevice(`${header.slice(0, 512)} Firefox/140.0`))
    for (const name of Object.values(device)) expect((name ?? '').length).toBeLessThanOrEqual(60)
  })

  it.each([
    'Mozilla/5.0 (Linux; Android 10; SM-\x9b31m\xadX Build/x) AppleWebKit/537.36 Chrome/120 Mobile',
    'Mozilla/5.0 (Mobile; Nokia\x9b1\x85/x)',
    '\x9bfoo\xad/1',
    'Mozilla/5.0 (Linux; Android 9; Nexus\x9b \x9d5 Build/x)',
  ])('puts only printable characters into a name: %j', (header) => {
    for (const name of Object.values(parseDevice(header))) expect(name ?? '').not.toMatch(/\p{C}/u)
  })
})

it.each([
  [
    'Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0',
    { browser: 'Firefox', os: 'Linux' },
  ],
  ['www.evil.example/1.0', { browser: null, os: null }],
  ['Visit-evil/1 (Windows NT 10.0)', { browser: null, os: 'Windows' }],
  ['', { browser: null, os: null }],
])('the words of %j come from a fixed list', (header, words) => {
  expect(parseKnownDevice(header)).toEqual(words)
})
