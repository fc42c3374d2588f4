import type { HttpBindings } from '@hono/node-server'
import { createServerAuth, type Visit } from '@latchkey/client/ssr'
import { createMiddleware } from 'hono/factory'
import { openVault, type Vault } from './vault.ts'

/** What every handler of the API gets. */
export interface AppEnv {
  Bindings: HttpBindings
  Variables: {
    /** The session of the request, with a client that acts for its user. */
    visit: Visit
    vault: Vault
  }
}

export const { APP_URL = 'http://localhost:4000' } = process.env
const { LATCHKEY_URL = 'http://localhost:3000', TRUSTED_PROXIES = '0' } = process.env

const auth = createServerAuth({
  baseUrl: LATCHKEY_URL,
  appUrl: APP_URL,
  trustedProxies: Number(TRUSTED_PROXIES),
})

/** Refreshes the session where it is due, and refuses pages of other origins that want to change something. */
export const session = createMiddleware<AppEnv>(async (c, next) => {
  const vault = openVault(c)
  const { socket } = c.env.incoming
  const visit = await auth.refresh({
    cookies: vault,
    headers: c.req.raw.headers,
    method: c.req.method,
    socket,
  })
  if (visit.refusal) return visit.refusal
  c.set('visit', visit)
  c.set('vault', vault)
  c.header('Cache-Control', 'no-store')
  await next()
})
