import { PRESET_NAMES } from '@latchkey/core'
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
import { hasMark, ProviderMark } from './marks.tsx'

const draw = (id: string) => renderToStaticMarkup(createElement(ProviderMark, { id }))

it.each(PRESET_NAMES)('the preset %s has a mark, which screen readers skip and which loads nothing', (id) => {
  expect(hasMark(id)).toBe(true)
  expect(draw(id)).toMatch(/^<svg [^>]*aria-hidden="true"/)
  // The policy of the portal forbids inline styles.
  expect(draw(id)).not.toMatch(/https?:|href|url\(|style=/)
})

it.each(['acme', 'constructor', ''])('the provider %j has its name alone', (id) => {
  expect(hasMark(id)).toBe(false)
  expect(draw(id)).toBe('')
})
