// @vitest-environment happy-dom
import { afterEach, expect, test, vi } from 'vitest'
import { browserStorage, createClient } from '../src/index.ts'
import { ADA, BASE_URL, BOB } from './support/clients.ts'
import { createModelServer } from './support/model-server.ts'

const KEY = `latchkey:${BASE_URL}`

afterEach(() => {
  vi.unstubAllGlobals()
  localStorage.clear()
})

function openPage() {
  const server = createModelServer()
  return { server, client: createClient({ baseUrl: BASE_URL, fetch: server.fetch }) }
}

test('in a browser the session outlives a reload', async () => {
  const { client, server } = openPage()
  await client.login(ADA)
  const reloaded = createClient({ baseUrl: BASE_URL, fetch: server.fetch })
  expect(reloaded.session.state).toMatchObject({ userId: ADA.email })
})

test('a change by another tab is noticed by the storage event, and when a frozen page wakes', async () => {
  const { client } = openPage()
  await client.login(ADA)
  const seen: string[] = []
  client.onChange(({ status }) => seen.push(status))
  const stored = localStorage.getItem(KEY) ?? ''
  localStorage.removeItem(KEY)
  dispatchEvent(new StorageEvent('storage', { key: KEY }))
  await expect.poll(() => seen).toEqual(['signed_out'])
  localStorage.setItem(KEY, stored)
  document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))
  await expect.poll(() => seen).toEqual(['signed_out', 'signed_in'])
  client.close()
  localStorage.removeItem(KEY)
  dispatchEvent(new Event('pageshow'))
  await new Promise((resolve) => setTimeout(resolve, 5))
  expect(seen.length).toBe(2)
})

test('a change of another item is ignored', async () => {
  const { client } = openPage()
  await client.login(ADA)
  localStorage.removeItem(KEY)
  dispatchEvent(new StorageEvent('storage', { key: 'theme' }))
  await new Promise((resolve) => setTimeout(resolve, 5))
  expect(client.session.state.status).toBe('signed_in')
})

// A script of the same page changes the storage without a `storage` event.
test('a session that the page itself has removed from the storage is noticed at the next call', async () => {
  const { client } = openPage()
  await client.login(ADA)
  const seen: string[] = []
  client.onChange(({ status }) => seen.push(status))
  localStorage.clear()
  await expect(client.user.get()).rejects.toMatchObject({ code: 'not_authenticated' })
  expect(client.session.state.status).toBe('signed_out')
  expect(seen).toEqual(['signed_out'])
})

test('a sign-out after the storage was cleared signs out', async () => {
  const { client } = openPage()
  await client.login(ADA)
  localStorage.clear()
  await client.logout()
  expect(client.session.state.status).toBe('signed_out')
})

test('a sign-in by another client of the page is noticed at the next call', async () => {
  const { client, server } = openPage()
  await client.login(ADA)
  await createClient({ baseUrl: BASE_URL, fetch: server.fetch }).login(BOB)
  expect(await client.user.get()).toMatchObject({ email: BOB.email })
  expect(client.session.state).toMatchObject({ userId: BOB.email })
})

test('when the browser forbids storage, the session is kept in memory', () => {
  vi.stubGlobal('localStorage', undefined)
  const storage = browserStorage()
  storage.setItem('a', 'b')
  expect(storage.getItem('a')).toBe('b')
})

test('localStorage can be passed as the storage', async () => {
  const { server } = openPage()
  const client = createClient({ baseUrl: BASE_URL, fetch: server.fetch, storage: localStorage })
  await client.login(ADA)
  expect(localStorage.getItem(KEY)).toContain('"refresh"')
})
