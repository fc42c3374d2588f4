import { isLatchkeyError, type User } from '@latchkey/client'
import { createServerAuth } from '@latchkey/client/ssr'
import { cookies, headers } from 'next/headers'
import { redirect } from 'next/navigation'

export const auth = createServerAuth({
  baseUrl: process.env.LATCHKEY_URL ?? 'http://localhost:3000',
  appUrl: process.env.APP_URL ?? 'http://localhost:3001',
  trustedProxies: Number(process.env.TRUSTED_PROXIES ?? 0),
})

/** The request that is being answered, in a server component, a server action or a route handler. */
export async function here() {
  return { cookies: await cookies(), headers: await headers() }
}

/** The user as the auth server knows them now. A visitor without a live session is sent to the sign-in page. */
export async function requireUser(path: string): Promise<User> {
  try {
    return await auth.clientFor(await here()).user.get()
  } catch (error) {
    if (!isLatchkeyError(error) || error.status !== 401) throw error
  }
  redirect(`/sign-in?next=${encodeURIComponent(path)}`)
}
