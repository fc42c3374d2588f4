import { DEFAULT_BRAND } from '@latchkey/contract'
import { expect, it } from 'vitest'
import { describeBrand } from './brand.ts'

it('the logo of a visitor is the one of the settings, without its origin', () => {
  const logoUrl = 'https://auth.example.com/brand/logo.svg?v=2#dark'
  expect(describeBrand({ ...DEFAULT_BRAND, logoUrl }).logoUrl).toBe('/brand/logo.svg?v=2#dark')
})
