import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { createTestSite } from '../../../tests/test-site.ts'
import { dressIndex } from './dress-index.ts'

const PAGE = readFileSync(new URL('../../../../web/index.html', import.meta.url), 'utf8')
const SITE = createTestSite()

it('the page of the portal names the language of visitors whose browsers ask for none of ours', () => {
  const page = dressIndex(PAGE, SITE, { defaultLanguage: 'zh-Hans', resetForm: null })
  expect(page).toContain('<meta name="latchkey-language" content="zh-Hans">')
})

it('a visitor without JavaScript, whom a reset link leads to the portal, finds the form that needs none', () => {
  const page = dressIndex(PAGE, SITE, { defaultLanguage: 'en', resetForm: '/auth/password/reset/default/' })
  const [, ways = ''] = /<noscript>([\s\S]*)<\/noscript>/.exec(page) ?? []
  expect(ways).toContain('<a href="/auth/password/reset/default/">')
})
