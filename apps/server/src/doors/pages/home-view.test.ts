import { DEFAULT_BRAND } from '@latchkey/contract'
import { expect, it } from 'vitest'
import { createHomeView } from './home-view.ts'
import { createPlaces } from './places.ts'

const SETTINGS = { portalServed: false, production: false, hasMailbox: true }

async function show(changes: Partial<typeof SETTINGS>) {
  const { portalServed, production, hasMailbox } = { ...SETTINGS, ...changes }
  const places = createPlaces({
    brand: DEFAULT_BRAND,
    basePath: '',
    defaultLanguage: 'en',
    portalServed,
    production,
  })
  const answer = await createHomeView({ places, hasMailbox, production })(new Request('http://localhost/'))
  const links = [...(await answer.text()).matchAll(/<a href="([^"]+)"/g)].map(([, href]) => href)
  return { answer, links }
}

it('the root leads developers to the document, the mailbox and the portal', async () => {
  expect((await show({})).links).toEqual(['/docs', '/dev/mailbox/', '/account/'])
})

it('the root names no mailbox where there is none', async () => {
  expect((await show({ hasMailbox: false })).links).toEqual(['/docs', '/account/'])
})

it('the root in production leads nobody to the pages of developers', async () => {
  expect((await show({ production: true })).links).toEqual([])
})

it('the root leads to the portal that is served, and the redirect is not for programs', async () => {
  const { answer } = await show({ portalServed: true })
  expect([answer.status, answer.headers.get('location'), answer.headers.get('vary')]).toEqual([
    302,
    '/account/',
    'Accept',
  ])
})
