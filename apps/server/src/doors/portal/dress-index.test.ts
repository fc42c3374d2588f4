import { readFileSync } from 'node:fs'
import { type Brand, DEFAULT_BRAND } from '@latchkey/contract'
import { describe, expect, it } from 'vitest'
import { createPlaces } from '../pages/places.ts'
import { dressIndex } from './dress-index.ts'

const dress = (page: string, brand: Brand) => {
  const places = createPlaces({ brand, basePath: '', portalServed: true, production: true })
  return dressIndex(page, places.at(''))
}
const PAGE = readFileSync(new URL('../../../../web/index.html', import.meta.url), 'utf8')

describe('the page of the portal', () => {
  it('has the name of the operator before any script runs', () => {
    const page = dress(PAGE, { ...DEFAULT_BRAND, name: 'Bücher & Co' })
    expect(page).toContain('<title>Your account · Bücher &amp; Co</title>')
    expect(page).toContain('<meta name="application-name" content="Bücher &amp; Co">')
  })

  it('leads a visitor without JavaScript to the app and to help, where the operator names them', () => {
    const ways = { appUrl: 'https://app.example.com/?a=1&b=2', supportUrl: 'mailto:help@example.com' }
    const page = dress(PAGE, { ...DEFAULT_BRAND, ...ways, name: '<Acme> $& $1' })
    expect(page).toContain('<a href="https://app.example.com/?a=1&amp;b=2">Go to &lt;Acme&gt; $&amp; $1</a>')
    expect(page).toContain('<a href="mailto:help@example.com">Get help</a>')
    expect(dress(PAGE, DEFAULT_BRAND)).not.toContain('latchkey:ways')
  })

  it('of an operator stays as it is', () => {
    const own = '<!doctype html><title>Portal</title>'
    expect(dress(own, DEFAULT_BRAND)).toBe(own)
  })
})
