import { expect, it } from 'vitest'
import { mailFrameHeaders, pageHeaders } from './page-headers.ts'

const STRICT =
  "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

function formAction(...formTargets: string[]): string | undefined {
  return /form-action ([^;]+)/.exec(pageHeaders({ formTargets })['Content-Security-Policy'] ?? '')?.[1]
}

it('a page loads only our own files, is framed by no site, leaks no address and is not cached', () => {
  expect(pageHeaders()).toEqual({
    'Content-Security-Policy': STRICT,
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'no-store',
  })
})

it('a page with a form names its origin, so that the post of the form names it too', () => {
  expect(pageHeaders({ hasForm: true })).toEqual({ ...pageHeaders(), 'Referrer-Policy': 'strict-origin' })
})

it.each([
  ['https://app.example.com/welcome?from=mail#top', "'self' https://app.example.com"],
  ['http://localhost:5173/', "'self' http://localhost:5173"],
  ['https://bücher.example/', "'self' https://xn--bcher-kva.example"],
  ['com.example.app://verified', "'self' com.example.app:"],
  ['/welcome', "'self'"],
  ['', "'self'"],
])('an answered form may be redirected to %s', (target, expected) => {
  expect(formAction(target)).toBe(expected)
})

it('two targets of one origin are named once', () => {
  expect(formAction('https://a.example/1', 'https://a.example/2', 'https://b.example/')).toBe(
    "'self' https://a.example https://b.example",
  )
})

it.each(['https://a;script-src.example/', 'https://*.example/'])('%s cannot widen the policy', (target) => {
  expect(() => pageHeaders({ formTargets: [target] })).toThrow(TypeError)
})

it('frames of this site are allowed only with the option frames', () => {
  expect(pageHeaders({ frames: true })['Content-Security-Policy']).toBe(`${STRICT}; frame-src 'self'`)
})

it('the frame of a mail runs no script, fetches nothing and has no origin', () => {
  const policy = mailFrameHeaders()['Content-Security-Policy'] ?? ''
  expect(policy).toMatch(/^default-src 'none'; /)
  expect(policy).toContain("frame-ancestors 'self'")
  expect(policy).toMatch(/; sandbox allow-/)
  expect(policy).not.toMatch(/script-src|allow-scripts|allow-same-origin|https?:/)
})
