import { serveStatic } from '@hono/node-server/serve-static'
import { isLatchkeyError } from '@latchkey/client'
import { Hono } from 'hono'
import { type AppEnv, session } from './auth.ts'

export const app = new Hono<AppEnv>()

app.use('/api/*', session)

app.post('/api/sign-up', async (c) => {
  c.get('vault').renewId()
  return c.json(await c.get('visit').client.register(await c.req.json()))
})

app.post('/api/sign-in', async (c) => {
  c.get('vault').renewId()
  await c.get('visit').client.login(await c.req.json())
  return c.json({ signedIn: true })
})

app.post('/api/sign-out', async (c) => {
  await c.get('visit').client.logout()
  return c.json({ signedIn: false })
})

/** Who is signed in: the access token is verified here, so a visitor costs no call. */
app.get('/api/user', async (c) => {
  const { client, getSession } = c.get('visit')
  return c.json((await getSession()) ? await client.user.get() : null)
})

app.get('/api/sessions', async (c) => c.json(await c.get('visit').client.sessions.list()))

app.use(serveStatic({ root: './public' }))

app.onError((error, c) => {
  if (!isLatchkeyError(error)) {
    console.error(error)
    return c.json({ detail: 'Something went wrong.', code: 'error' }, 500)
  }
  const { code, message: detail, fields, retryAfterSeconds } = error
  // No answer of the auth server is a fault behind this backend.
  const status = error.status === 0 ? 502 : error.status
  return Response.json(
    { detail, code, fields },
    { status, headers: retryAfterSeconds === undefined ? {} : { 'Retry-After': String(retryAfterSeconds) } },
  )
})
