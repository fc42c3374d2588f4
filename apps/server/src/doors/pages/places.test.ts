import { DEFAULT_BRAND } from '@latchkey/contract'
import { expect, it } from 'vitest'
import { createPlaces } from './places.ts'

function localize(url: string, { production = false, accepted = 'en' } = {}) {
  const places = createPlaces({
    brand: DEFAULT_BRAND,
    basePath: '',
    defaultLanguage: 'en',
    portalServed: false,
    production,
  })
  const request = new Request(url, { headers: { 'accept-language': accepted } })
  const { t, asked } = places.localize(places.at(''), request)
  return { language: t.language, asked }
}

it('a pseudo-locale is shown to a developer who asks for it, and in production only its language is', () => {
  const url = 'http://localhost/?lang=ar-XB'
  expect(localize(url)).toEqual({ language: 'ar-XB', asked: 'ar-XB' })
  expect(localize(url, { production: true })).toEqual({ language: 'ar', asked: 'ar' })
  expect(localize('http://localhost/')).toEqual({ language: 'en', asked: null })
})
