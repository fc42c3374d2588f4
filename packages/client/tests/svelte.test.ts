// @vitest-environment happy-dom
import { get } from 'svelte/store'
import { afterEach, expect, test, vi } from 'vitest'
import { createStores, type Readable } from '../src/svelte/index.ts'
import { ADA, countArrived, setUpClient } from './support/clients.ts'

afterEach(() => vi.unstubAllGlobals())

/** Follows a store as a component does. */
function follow<Value>(store: Readable<Value>) {
  const seen: Value[] = []
  const stop = store.subscribe((value) => seen.push(value))
  return { seen, stop }
}

test('the stores follow signing in and out, and load the user once', async () => {
  const { client, server } = setUpClient()
  const { session, user } = createStores(client)
  const first = follow(session)
  const users = [follow(user), follow(user)]
  expect(first.seen).toEqual([{ status: 'signed_out' }])
  await client.login(ADA)
  for (const { seen } of users) await expect.poll(() => seen.at(-1)?.user?.email).toBe(ADA.email)
  expect(countArrived(server, 'GET /user/')).toBe(1)
  await client.logout()
  await expect.poll(() => first.seen.at(-1)).toEqual({ status: 'signed_out', reason: 'signed_out' })
  for (const { seen } of users) expect(seen.at(-1)).toEqual({ user: null, isLoading: false, error: null })
})

test('a store without a component tells nothing, and Svelte itself reads it', async () => {
  const { client } = setUpClient()
  const { session, user } = createStores(client)
  const { seen, stop } = follow(session)
  stop()
  await client.login(ADA)
  await client.user.get()
  expect(seen).toHaveLength(1)
  expect(get(session)).toMatchObject({ userId: ADA.email })
  expect(get(user).user?.email).toBe(ADA.email)
})

test('update and reload are those of the client', async () => {
  const { client, server } = setUpClient()
  await client.login(ADA)
  const { user } = createStores(client)
  const changed = { email: 'new@example.com', first_name: 'Ada', last_name: '' }
  server.override = (path) => (path === '/user/' ? Response.json(changed) : undefined)
  expect(await user.update({ first_name: 'Ada' })).toEqual(changed)
  expect(get(user).user).toEqual(changed)
  await user.reload()
  expect(get(user).user).toEqual(changed)
})

test('a server renders the loading state and loads nothing', async () => {
  const { client, server } = setUpClient()
  await client.login(ADA)
  server.arrived.length = 0
  vi.stubGlobal('document', undefined)
  const { session, user } = createStores(client)
  expect(get(session)).toEqual({ status: 'loading' })
  expect(get(user)).toEqual({ user: null, isLoading: true, error: null })
  expect(server.arrived).toEqual([])
})
