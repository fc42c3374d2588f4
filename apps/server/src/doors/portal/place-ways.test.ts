import { readFileSync } from 'node:fs'
import { DEFAULT_BRAND } from '@latchkey/contract'
import { describe, expect, it } from 'vitest'
import { placeWays } from './place-ways.ts'

const PAGE = readFileSync(new URL('../../../../web/index.html', import.meta.url), 'utf8')

describe('the page of the portal', () => {
  it('has the name of the operator before any script runs', () => {
    const page = placeWays(PAGE, { ...DEFAULT_BRAND, name: 'Bücher & Co' }, null)
    expect(page).toContain('<meta name="application-name" content="Bücher &amp; Co">')
  })

  it('leads a visitor without JavaScript to the app and to help, where the operator names them', () => {
    const ways = { appUrl: 'https://app.example.com/?a=1&b=2', supportUrl: 'mailto:help@example.com' }
    const page = placeWays(PAGE, { ...DEFAULT_BRAND, ...ways, name: '<Acme> $& $1' }, null)
    expect(page).toContain('<a href="https://app.example.com/?a=1&amp;b=2">Go to &lt;Acme&gt; $&amp; $1</a>')
    expect(page).toContain('<a href="mailto:help@example.com">Get help</a>')
    expect(placeWays(PAGE, DEFAULT_BRAND, null)).not.toContain('latchkey:ways')
  })

  it('of an operator stays as it is', () => {
    const own = '<!doctype html><title>Portal</title>'
    expect(placeWays(own, DEFAULT_BRAND, null)).toBe(own)
  })
})
