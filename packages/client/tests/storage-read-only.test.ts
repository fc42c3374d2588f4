import { describe, expect, test } from 'vitest'
import { createClient, type TokenStorage } from '../src/index.ts'
import { ADA, BASE_URL, countArrived, setUpClient, signIn } from './support/clients.ts'
import { holdTime, passSeconds, settle } from './support/vitest.ts'

holdTime()

const KEY = `latchkey:${BASE_URL}`

/** What a page that a server renders sees of the cookies: it may read them, and not write them. */
function refuseWrites(items: TokenStorage, readOnly: boolean | undefined): TokenStorage {
  const refuse = () => {
    throw new Error('Cookies can only be modified in a Server Action or Route Handler.')
  }
  const marked = readOnly === undefined ? {} : { readOnly }
  return { getItem: (key) => items.getItem(key), setItem: refuse, removeItem: refuse, ...marked }
}

// A storage that does not say that it is read-only is found out before a refresh token is spent.
describe.each([true, undefined])(
  'a storage that can be read and not written, with readOnly %s',
  (readOnly) => {
    async function setUpServer() {
      const { client, server, storage } = setUpClient()
      const { sessionId } = await settle(signIn(client, ADA))
      const render = () =>
        createClient({ baseUrl: BASE_URL, fetch: server.fetch, storage: refuseWrites(storage, readOnly) })
      return { server, storage, sessionId, render, client }
    }

    test('never refreshes: any number of renders leave the session alive', async () => {
      const { server, sessionId, render, client } = await setUpServer()
      await passSeconds(1810)
      for (let count = 0; count < 3; count++) {
        await expect(settle(render().user.get())).rejects.toMatchObject({ code: 'storage_unavailable' })
        await expect(settle(render().session.refresh())).rejects.toMatchObject({
          code: 'storage_unavailable',
        })
        await passSeconds(60)
      }
      expect(countArrived(server, 'POST /refresh/')).toBe(0)
      expect(server.isAlive(sessionId)).toBe(true)
      expect(await settle(client.user.get())).toMatchObject({ email: ADA.email })
    })

    test('uses the access token until it expires', async () => {
      const { render } = await setUpServer()
      await passSeconds(1790)
      const rendered = render()
      expect(await settle(rendered.user.get())).toMatchObject({ email: ADA.email })
      expect(rendered.session.state).toMatchObject({ status: 'signed_in', userId: ADA.email })
    })

    test('hands on the refusal of a revoked access token', async () => {
      const { server, sessionId, render } = await setUpServer()
      server.end(sessionId)
      await expect(settle(render().user.get())).rejects.toMatchObject({
        code: 'token_not_valid',
        status: 401,
      })
    })
  },
)

test('a storage may become writable: the mark is read at each refresh', async () => {
  const { client, server, storage } = setUpClient()
  await settle(client.login(ADA))
  await passSeconds(1810)
  const cookies = Object.assign(Object.create(storage), storage, { readOnly: true })
  const rendered = createClient({ baseUrl: BASE_URL, fetch: server.fetch, storage: cookies })
  await expect(settle(rendered.user.get())).rejects.toMatchObject({ code: 'storage_unavailable' })
  cookies.readOnly = false
  expect(await settle(rendered.user.get())).toMatchObject({ email: ADA.email })
})

test('the proof before the first refresh leaves the item as it was', async () => {
  const { client, server, storage } = setUpClient()
  await settle(client.login(ADA))
  await passSeconds(1810)
  const written: string[] = []
  const setItem = (key: string, value: string) => {
    written.push(value)
    return storage.setItem(key, value)
  }
  const before = storage.getItem(KEY)
  const reloaded = createClient({ baseUrl: BASE_URL, fetch: server.fetch, storage: { ...storage, setItem } })
  await settle(reloaded.user.get())
  await passSeconds(1810)
  await settle(reloaded.user.get())
  // After it each refresh writes its key, and then the new tokens.
  expect(written.map((item) => 'key' in JSON.parse(item))).toEqual([false, true, false, true, false])
  expect(written[0]).toBe(before)
})
