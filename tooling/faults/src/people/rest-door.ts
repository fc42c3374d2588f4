import type { Door, OwnUser } from './door.ts'
import { Failure } from './failure.ts'

interface Tokens {
  access: string
  refresh: string
}

interface RestCall {
  method?: string
  json?: object
}

const REFUSED = 401

/** Opens the door of a program that calls REST by hand: after a refused access token it refreshes, and calls once more. */
export function openRestDoor(url: string, fetch: typeof globalThis.fetch): Door {
  let tokens: Tokens | null = null

  async function send<T>(path: string, { method, json }: RestCall, access?: string): Promise<T> {
    const answer = await fetch(url + path, {
      method: method ?? (json ? 'POST' : 'GET'),
      headers: {
        ...(json && { 'content-type': 'application/json' }),
        ...(access !== undefined && { authorization: `Bearer ${access}` }),
      },
      ...(json && { body: JSON.stringify(json) }),
    }).catch(() => {
      throw new Failure(0, 'network_error')
    })
    const body = (await answer.json().catch(() => ({}))) as T & { code?: string }
    if (answer.status >= 400) throw new Failure(answer.status, body.code ?? 'invalid')
    return body
  }
  async function sendAsUser<T>(path: string, call: RestCall = {}): Promise<T> {
    const { access } = requireTokens()
    try {
      return await send<T>(path, call, access)
    } catch (error) {
      if (!(error instanceof Failure) || error.status !== REFUSED) throw error
      await refresh()
      return send<T>(path, call, requireTokens().access)
    }
  }
  function requireTokens(): Tokens {
    if (!tokens) throw new Failure(REFUSED, 'not_authenticated')
    return tokens
  }
  async function enter(path: string, call: RestCall): Promise<void> {
    tokens = await send<Tokens>(path, call)
  }
  async function refresh(): Promise<void> {
    const json = { refresh: requireTokens().refresh }
    try {
      await enter('/refresh/', { json })
    } catch (error) {
      if (error instanceof Failure && error.status === REFUSED) tokens = null
      throw error
    }
  }
  return {
    kind: 'rest',
    signUp: ({ email, password, name }) =>
      enter('/registration/', {
        json: { email, password1: password, password2: password, first_name: name, last_name: 'Lovelace' },
      }),
    signIn: (email, password) => enter('/login/', { json: { email, password } }),
    signOut: async () => {
      const held = requireTokens()
      await send('/logout/', { json: { refresh: held.refresh } }, held.access)
      tokens = null
    },
    refresh,
    read: () => sendAsUser<OwnUser>('/user/'),
    rename: async (first_name) =>
      void (await sendAsUser('/user/', { method: 'PATCH', json: { first_name } })),
    countSessions: async () => (await sendAsUser<{ sessions: object[] }>('/sessions/')).sessions.length,
    changePassword: async (old_password, next) => {
      const json = { old_password, new_password1: next, new_password2: next }
      tokens = await sendAsUser<Tokens>('/password/change/', { json })
    },
    requestReset: (email) => send('/password/reset/', { json: { email } }),
    setNewPassword: (token, next) =>
      enter('/password/reset/set-new/', { json: { token, new_password1: next, new_password2: next } }),
    changeAddress: (new_email, password) => sendAsUser('/email/change/', { json: { new_email, password } }),
    confirmAddress: (key) => send(`/email/change/confirm/${key}/`, {}),
    isSignedIn: () => tokens !== null,
  }
}
