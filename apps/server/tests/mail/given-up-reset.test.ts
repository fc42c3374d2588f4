import { NEW_PASSWORD, PASSWORD } from '@latchkey/testkit'
import { expect, it } from 'vitest'
import { startMailServer } from './mail-server.ts'

const NEW = { new_password1: NEW_PASSWORD, new_password2: NEW_PASSWORD }

it('a reset that was answered with 503 sets no password later, and its link still works', async () => {
  const server = await startMailServer({}, { pool: { deadlineMilliseconds: 2000 } })
  const { email } = await server.register()
  const { cookie } = await server.openReset(email)
  const setNew = () => server.post('/password/reset/set-new/', NEW, { headers: { cookie } })
  const login = async (password: string) => (await server.post('/login/', { email, password })).status

  const holder = await server.database.sql.reserve()
  await holder`begin`
  await holder`select 1 from users for update`
  expect((await setNew()).status).toBe(503)
  await holder`commit`
  holder.release()

  expect(await login(NEW_PASSWORD)).toBe(401)
  expect(await login(PASSWORD)).toBe(200)
  expect((await setNew()).status).toBe(200)
  expect(await login(NEW_PASSWORD)).toBe(200)
  await server.close()
})
