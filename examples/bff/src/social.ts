import { randomUUID } from 'node:crypto'
import { createSocialOperations, type SocialAttempt, type SocialOperations } from '@latchkey/client/social'
import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { APP_URL, type AppEnv } from './auth.ts'

const PATH = '/api/signed-in'
const secure = APP_URL.startsWith('https:')
/** As long as the auth server waits for the browser. */
const MAX_AGE_SECONDS = 600

/** The operations on accounts at other providers, for the request that is being answered. */
export function openSocial(c: Context<AppEnv>): SocialOperations {
  // Where this backend reaches the auth server by another address, browsers need its public one.
  const publicUrl = process.env.LATCHKEY_PUBLIC_URL
  return createSocialOperations(c.get('visit').client, publicUrl ? { publicUrl } : {})
}

/** `__Host-` keeps other hosts of the same site from planting an attempt of their own. It wants the path `/`. */
const nameCookie = (attempt: string) => `${secure ? '__Host-' : ''}attempt-${attempt}`

/** Begins a redirect. What redeems its code waits in a cookie of this browser, which no script can read. */
export async function beginAttempt(c: Context<AppEnv>, provider: string): Promise<string> {
  const name = randomUUID()
  const returnTo = `${APP_URL}${PATH}?attempt=${name}`
  const { address, ...attempt } = await openSocial(c).begin(provider, { returnTo })
  setCookie(c, nameCookie(name), JSON.stringify(attempt), {
    httpOnly: true,
    sameSite: 'Lax',
    secure,
    path: '/',
    maxAge: MAX_AGE_SECONDS,
  })
  return address
}

/** Takes the attempt that waits in this browser. It is gone before its code is redeemed. */
export function takeAttempt(c: Context<AppEnv>): SocialAttempt | null {
  const name = nameCookie(c.req.query('attempt') ?? '')
  const kept = getCookie(c, name)
  if (kept === undefined) return null
  deleteCookie(c, name, { secure, path: '/' })
  return JSON.parse(kept) as SocialAttempt
}
