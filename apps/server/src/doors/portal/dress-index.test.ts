import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { createTestSite } from '../../../tests/test-site.ts'
import { dressIndex } from './dress-index.ts'

const PAGE = readFileSync(new URL('../../../../web/index.html', import.meta.url), 'utf8')

it('the page of the portal names the language of visitors whose browsers ask for none of ours', () => {
  expect(dressIndex(PAGE, createTestSite(), 'zh-Hans')).toContain(
    '<meta name="latchkey-language" content="zh-Hans">',
  )
})
