import { expect, it } from 'vitest'
import { prefersPage } from './prefers-page.ts'

it.each([
  ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', 'page'],
  ['Text/HTML', 'page'],
  ['text/html;charset=utf-8;q=0.9, application/json;q=0.5', 'page'],
  ['application/json, text/html', 'page'],
  ['application/json, text/html;q=0.1', 'json'],
  ['text/html ; q=0.1 , application/json', 'json'],
  ['application/json, text/plain, */*', 'json'],
  ['application/json, text/html;q=0', 'json'],
  ['*/*', 'neither'],
  ['', 'neither'],
  ['text/html;q=0, */*', 'neither'],
  ['application/json;q=0', 'neither'],
  ['application/problem+json, text/html-sandboxed', 'neither'],
  ['text/html;q=x', 'neither'],
])('a caller that accepts %j prefers %s', (accept, preferred) => {
  const headers = new Headers({ accept })
  expect(prefersPage(headers)).toBe(preferred === 'page')
})
