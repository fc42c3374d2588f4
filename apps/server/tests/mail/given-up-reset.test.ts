import { NEW_PASSWORD, PASSWORD } from '@latchkey/testkit'
import { expect, it } from 'vitest'
import { call } from '../call.ts'
import { startTestServer, type TestServer } from '../test-server.ts'
import { startMailServer } from './mail-server.ts'

const NEW = { new_password1: NEW_PASSWORD, new_password2: NEW_PASSWORD }

it('a reset that was answered with 503 sets no password later, and its link still works', async () => {
  const server = await startMailServer()
  // Only this server gives up soon. A busy machine may need longer for the calls that must succeed.
  const hasty = await startTestServer({
    core: { database: server.database, clockShift: server.clock, pool: { deadlineMilliseconds: 2000 } },
  })
  const { email } = await server.register()
  const { cookie } = await server.openReset(email)
  const setNew = (at: Pick<TestServer, 'url'>) =>
    call(`${at.url}/password/reset/set-new/`, { json: NEW, headers: { cookie } })
  const login = async (password: string) => (await server.post('/login/', { email, password })).status

  const holder = await server.database.sql.reserve()
  await holder`begin`
  await holder`select 1 from users for update`
  expect((await setNew(hasty)).status).toBe(503)
  await holder`commit`
  holder.release()

  expect(await login(NEW_PASSWORD)).toBe(401)
  expect(await login(PASSWORD)).toBe(200)
  expect((await setNew(server)).status).toBe(200)
  expect(await login(NEW_PASSWORD)).toBe(200)
  await hasty.close()
  await server.close()
})
