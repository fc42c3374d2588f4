import { serialize } from 'hono/utils/cookie'

/** The cookies of attempts to sign in with a provider: one an attempt, so that two tabs can begin at once. */
export interface AttemptCookies {
  /** Reads the secret of an attempt; null without its cookie. */
  read(request: Headers, mark: string): string | null
  /** Keeps the secret of an attempt for ten minutes. Of more than eight attempts the oldest are forgotten. */
  set(headers: { request: Headers; reply: Headers }, attempt: { mark: string; secret: string }): void
  clear(reply: Headers, mark: string): void
}

const NAME = 'lk-'
const MAX_ATTEMPTS = 8

/**
 * Makes the cookies of attempts.
 *
 * `Lax`: the browser comes back by a navigation from the site of the provider. `__Host-` keeps a neighbour below the
 * same domain from planting one, and wants the path `/`.
 */
export function createAttemptCookies(publicUrl: string, maxAgeSeconds: number): AttemptCookies {
  const secure = publicUrl.startsWith('https:')
  const prefix = secure ? `__Host-${NAME}` : NAME
  const append = (reply: Headers, name: string, { value, maxAge }: { value: string; maxAge: number }) =>
    reply.append(
      'Set-Cookie',
      serialize(name, value, { path: '/', httpOnly: true, secure, sameSite: 'Lax', maxAge }),
    )
  const forget = (reply: Headers, name: string) => append(reply, name, { value: '', maxAge: 0 })
  return {
    read: (request, mark) => listCookies(request).find(([name]) => name === prefix + mark)?.[1] || null,
    set({ request, reply }, { mark, secret }) {
      const name = prefix + mark
      const names = listCookies(request).map(([one]) => one)
      // RFC 6265 section 5.4: a browser sends the cookies of one path in the order in which they were made.
      const others = [...new Set(names)].filter((one) => one.startsWith(prefix) && one !== name)
      for (const one of others.slice(0, Math.max(0, others.length + 1 - MAX_ATTEMPTS))) forget(reply, one)
      append(reply, name, { value: secret, maxAge: maxAgeSeconds })
    },
    clear: (reply, mark) => forget(reply, prefix + mark),
  }
}

function listCookies(request: Headers): [name: string, value: string][] {
  const pairs = (request.get('cookie') ?? '').split(';')
  return pairs.map((pair) => {
    const [name = '', ...value] = pair.split('=')
    return [name.trim(), value.join('=').trim()]
  })
}
