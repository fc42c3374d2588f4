import { serveStatic } from '@hono/node-server/serve-static'
import { isLatchkeyError } from '@latchkey/client'
import { type Context, Hono } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { type AppEnv, session } from './auth.ts'
import { beginAttempt, openSocial, takeAttempt } from './social.ts'

export const app = new Hono<AppEnv>()

app.use('/api/*', session)

app.post('/api/sign-up', async (c) => {
  c.get('vault').renewId()
  return c.json(await c.get('visit').client.register(await readBody(c)))
})

app.post('/api/sign-in', async (c) => {
  c.get('vault').renewId()
  // A right password of an account with a second factor is no session yet.
  const { status } = await c.get('visit').client.login(await readBody(c))
  return c.json({ signedIn: status === 'signed_in', status })
})

app.get('/api/providers', async (c) => c.json(await openSocial(c).providers()))

/** The link of a provider: the browser leaves for it. */
app.get('/api/continue/:provider', async (c) => c.redirect(await beginAttempt(c, c.req.param('provider'))))

/** Where the browser comes back to. A link of somebody else finds no attempt here, and signs nobody in. */
app.get('/api/signed-in', async (c) => {
  const attempt = takeAttempt(c)
  if (attempt === null) return c.redirect('/')
  c.get('vault').renewId()
  const end = await openSocial(c)
    .finish(attempt, c.req.url)
    .catch((error: unknown) => {
      if (!isLatchkeyError(error)) throw error
      return { error: error.code }
    })
  if (end.error === 'access_denied') return c.redirect('/')
  // The page has a sentence for each of these words.
  if (!('result' in end)) return c.redirect('/?problem=provider')
  return c.redirect(end.result.status === 'signed_in' ? '/' : '/?problem=second_factor')
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
  // No answer of the auth server is a fault behind this backend. A page in its place has a status of success.
  const status = error.status < 400 ? 502 : error.status
  if (retryAfterSeconds !== undefined) c.header('Retry-After', String(retryAfterSeconds))
  return c.json({ detail, code, fields }, status as ContentfulStatusCode)
})

/** A body that is no JSON has no fields, and the auth server names those that are missing. */
async function readBody<Body>(c: Context): Promise<Body> {
  return (await c.req.json().catch(() => ({}))) as Body
}
