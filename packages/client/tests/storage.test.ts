// @vitest-environment happy-dom
import { afterEach, expect, test, vi } from 'vitest'
import { browserStorage, createClient } from '../src/index.ts'
import { ADA, BASE_URL } from './support/clients.ts'
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

test('what another tab does is told, by the storage event and when a frozen page wakes', async () => {
  const { client } = openPage()
  await client.login(ADA)
  const seen: string[] = []
  client.onChange(({ status }) => seen.push(status))
  const stored = localStorage.getItem(KEY) ?? ''
  localStorage.removeItem(KEY)
  dispatchEvent(new StorageEvent('storage', { key: KEY }))
  await vi.waitFor(() => expect(seen).toEqual(['signed_out']))
  localStorage.setItem(KEY, stored)
  document.dispatchEvent(new Event('visibilitychange'))
  await vi.waitFor(() => expect(seen).toEqual(['signed_out', 'signed_in']))
  client.close()
  localStorage.removeItem(KEY)
  dispatchEvent(new Event('pageshow'))
  await new Promise((resolve) => setTimeout(resolve, 5))
  expect(seen.length).toBe(2)
})

test('a change of another item is nobody’s business', async () => {
  const { client } = openPage()
  await client.login(ADA)
  localStorage.removeItem(KEY)
  dispatchEvent(new StorageEvent('storage', { key: 'theme' }))
  await new Promise((resolve) => setTimeout(resolve, 5))
  expect(client.session.state.status).toBe('signed_in')
})

test('where the browser forbids storage the session lives in memory', () => {
  vi.stubGlobal('localStorage', undefined)
  const storage = browserStorage()
  storage.setItem('a', 'b')
  expect(storage.getItem('a')).toBe('b')
})

test('localStorage itself is a storage', async () => {
  const { server } = openPage()
  const client = createClient({ baseUrl: BASE_URL, fetch: server.fetch, storage: localStorage })
  await client.login(ADA)
  expect(localStorage.getItem(KEY)).toContain('"refresh"')
})
