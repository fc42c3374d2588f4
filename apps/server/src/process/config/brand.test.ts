import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadConfig } from './index.ts'
import { MAX_LOGO_BYTES } from './logo.ts'
import { findOpenSettings } from './open-settings.ts'
import { findMistakes } from './test-mistakes.ts'

const PUBLIC_URL = 'https://auth.example.com/sign-in'
const FOLDER = mkdtempSync(join(tmpdir(), 'latchkey-logo-'))
const PNG = Buffer.from('\x89PNG\r\n\x1a\n and pixels', 'latin1')

/** The head of a picture as drawing programs write it, with names of their own. */
const DRAWN = `<?xml version="1.0" encoding="utf-8"?>
<?xml-stylesheet href="#s" type="text/css"?>
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd" [
  <!ENTITY ns_svg "http://www.w3.org/2000/svg">
]>
<svg xmlns="&ns_svg;"/>`

const readBrand = (env: Record<string, string>) => loadConfig(env).config.brand

function write(name: string, content: string | Buffer): string {
  const path = join(FOLDER, name)
  writeFileSync(path, content)
  return path
}

describe('the name', () => {
  it('is Latchkey on this machine, and else the host of PUBLIC_URL', () => {
    expect(readBrand({}).name).toBe('Latchkey')
    expect(readBrand({ PUBLIC_URL: 'http://127.0.0.1:8080' }).name).toBe('Latchkey')
    expect(readBrand({ PUBLIC_URL }).name).toBe('auth.example.com')
    expect(readBrand({ PUBLIC_URL, APP_NAME: 'Orchard' }).name).toBe('Orchard')
  })

  it.each([
    ['Orchard', 'Orchard'],
    ['Сад Orchard', 'Сад Orchard'],
    ['\u0628\u0633\u062a\u0627\u0646 C++\u200f', '"\u0628\u0633\u062a\u0627\u0646 C++\u200f"'],
    ['Ada, Bob & Co.', '"Ada, Bob & Co."'],
    ['The "Best" \\ Shop <3', '"The \\"Best\\" \\\\ Shop <3"'],
    ['shop@home', '"shop@home"'],
  ])('is the name of the sender when MAIL_FROM is not set: %s', (APP_NAME, phrase) => {
    expect(loadConfig({ APP_NAME }).config.mail.from).toBe(`${phrase} <no-reply@localhost>`)
  })

  it.each(['x'.repeat(65), 'two\nlines', '=?utf-8?q?x?=', '\u202aOrchard\u202c', 'Or\u2067chard', '\u200b'])(
    'is one short line that can be seen: %j is refused',
    (APP_NAME) => {
      expect(findMistakes({ APP_NAME })).toEqual([
        'APP_NAME must be a name of at most 64 characters in one line, without hidden marks that turn the direction',
      ])
    },
  )
})

describe('the logo', () => {
  it.each([
    ['logo.png', PNG, 'image/png', 'png'],
    ['logo', Buffer.from('\xff\xd8\xff\xe0', 'latin1'), 'image/jpeg', 'jpg'],
    ['logo.jpg', Buffer.from('RIFF\x00\x00\x00\x00WEBPVP8 ', 'latin1'), 'image/webp', 'webp'],
    ['logo.svg', '\uFEFF<?xml version="1.0"?>\n<!-- of ours -->\n<svg xmlns="x"/>', 'image/svg+xml', 'svg'],
    ['drawn.svg', DRAWN, 'image/svg+xml', 'svg'],
  ])('of a file has the type of its content: %s', (name, content, contentType, extension) => {
    const { brand, logo } = loadConfig({ PUBLIC_URL, APP_LOGO: write(name, content) }).config
    expect(logo).toMatchObject({ contentType, body: new Uint8Array(Buffer.from(content)) })
    expect(logo?.path).toMatch(new RegExp(`^/assets/logo-[0-9a-f]{12}\\.${extension}$`))
    expect(brand.logoUrl).toBe(PUBLIC_URL + logo?.path)
  })

  it('may be a URL of the own origin', () => {
    const APP_LOGO = 'https://auth.example.com/brand/logo.svg'
    expect(loadConfig({ PUBLIC_URL, APP_LOGO }).config).toMatchObject({
      brand: { logoUrl: APP_LOGO },
      logo: null,
    })
  })

  it.each([
    ['https://cdn.example.com/logo.svg', /^APP_LOGO must be a URL below https:\/\/auth\.example\.com, or /],
    ['data://x', /^APP_LOGO must be a URL below /],
    [join(FOLDER, 'nowhere.png'), /^APP_LOGO names \S+, which does not exist \(ENOENT\)$/],
    [FOLDER, /^APP_LOGO names \S+, which is a folder$/],
    [write('page.svg', '<html><svg>'), /which is no SVG, PNG, WebP or JPEG picture$/],
    [write('empty.png', ''), /which is no SVG, PNG, WebP or JPEG picture$/],
    [write('large.png', Buffer.concat([PNG, Buffer.alloc(MAX_LOGO_BYTES)])), /which is larger than 512 KiB$/],
  ])('that cannot be shown is refused: %s', (APP_LOGO, mistake) => {
    expect(findMistakes({ PUBLIC_URL, APP_LOGO })).toEqual([expect.stringMatching(mistake)])
  })
})

describe('the colour', () => {
  it.each([
    ['#06C', '#0066cc'],
    ['#6D28D9', '#6d28d9'],
    ['6d28d9', '#6d28d9'],
  ])('is written in hexadecimal: %s', (APP_COLOR, color) => {
    expect(readBrand({ APP_COLOR }).color).toBe(color)
  })

  it.each(['teal', '#12345', '#0d6157ff', 'rgb(0 0 0)', '#06c;}'])('%s is refused', (APP_COLOR) => {
    expect(findMistakes({ APP_COLOR })).toEqual(['APP_COLOR must be a colour such as #0d6157 or 06c'])
  })

  it.each([
    ['#ffcc00', '1.51:1'],
    ['#767677', '4.5'],
    ['#777777', '4.47:1'],
  ])('%s is accepted only when text in it can be read on white', (APP_COLOR, ratio) => {
    const mistakes = findMistakes({ APP_COLOR })
    if (ratio === '4.5') return expect(mistakes).toEqual([])
    expect(mistakes).toEqual([
      expect.stringContaining(`APP_COLOR has a contrast of ${ratio} against white, and text needs 4.5:1`),
    ])
    const [, other = ''] = /; (#\w{6}) is the same hue/.exec(mistakes[0] ?? '') ?? []
    expect(findMistakes({ APP_COLOR: other })).toEqual([])
  })
})

describe('the addresses', () => {
  it('of the app and of the support are those of the settings', () => {
    const env = { APP_URL: 'https://app.example.com', SUPPORT_URL: 'mailto:help@example.com?subject=Hello' }
    expect(readBrand(env)).toMatchObject({ appUrl: 'https://app.example.com/', supportUrl: env.SUPPORT_URL })
  })

  it.each([
    ['APP_URL', 'javascript:alert(1)'],
    ['APP_URL', 'app.example.com'],
    ['APP_URL', 'https://ada:pw@app.example.com'],
    ['SUPPORT_URL', 'http://example.com/help'],
    ['SUPPORT_URL', 'help@example.com'],
    ['SUPPORT_URL', 'mailto:'],
    ['SUPPORT_URL', 'data:text/html,x'],
  ])('%s=%s is refused', (name, value) => {
    expect(findMistakes({ [name]: value })).toEqual([expect.stringMatching(new RegExp(`^${name} must be `))])
  })

  it('of an app over plain http gets a warning in production', () => {
    const { config } = loadConfig({ APP_URL: 'http://app.example.com' })
    expect(findOpenSettings({ ...config, production: true })).toContainEqual(
      expect.stringMatching(/^APP_URL names http:\/\/app\.example\.com: over http/),
    )
  })
})
