import { createSocialOperations, type SocialAttempt } from '@latchkey/client/social'
import { cookies } from 'next/headers'
import { auth, here } from './auth'

const APP_URL = process.env.APP_URL ?? 'http://localhost:3001'
const secure = APP_URL.startsWith('https:')
/** The address of the auth server in browsers, where this app reaches it by another one. */
const publicUrl = process.env.LATCHKEY_PUBLIC_URL

/** The operations on accounts at other providers, for the request that is being answered. */
export async function openSocial() {
  return createSocialOperations(auth.clientFor(await here()), { publicUrl })
}

/** `__Host-` keeps other hosts of the same site from planting an attempt of their own. It wants the path `/`. */
const nameCookie = (attempt: string) => `${secure ? '__Host-' : ''}attempt-${attempt}`

/** Begins a redirect: the verifier is in a cookie of this attempt, and the address is for the browser. */
export async function beginAttempt(provider: string): Promise<string> {
  const name = crypto.randomUUID()
  const { address, ...attempt } = await (await openSocial()).begin(provider, {
    returnTo: `${APP_URL}/social/return?attempt=${name}`,
  })
  const options = { httpOnly: true, secure, sameSite: 'lax', path: '/', maxAge: 600 } as const
  ;(await cookies()).set(nameCookie(name), JSON.stringify(attempt), options)
  return address
}

/** Takes the attempt that waits in this browser. It is gone before its code is redeemed. */
export async function takeAttempt(name: string): Promise<SocialAttempt | null> {
  const jar = await cookies()
  const kept = jar.get(nameCookie(name))?.value
  if (kept === undefined) return null
  jar.delete({ name: nameCookie(name), secure, path: '/' })
  return JSON.parse(kept) as SocialAttempt
}
