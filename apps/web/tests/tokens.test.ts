import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { STYLESHEET } from '../../server/src/doors/pages/html/stylesheet.ts'

/** Lists the colours of a stylesheet in their order, without its white space. */
function listColors(css: string): string[] {
  return [...css.matchAll(/(--[\w-]+):\s*([^;]+);/g)].map(([, name, value]) => `${name} ${value}`)
}

it('the portal and the pages of the server have the same colours in both themes', () => {
  const portal = readFileSync(new URL('../src/styles/tokens.css', import.meta.url), 'utf8')
  expect(listColors(portal)).toEqual(listColors(STYLESHEET))
  expect(listColors(portal).length).toBeGreaterThan(25)
})
