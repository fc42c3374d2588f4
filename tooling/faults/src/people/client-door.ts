import { createClient, isLatchkeyError } from '@latchkey/client'
import { confirmEmailChange } from '@latchkey/client/links'
import type { Door } from './door.ts'
import { Failure } from './failure.ts'

/** Opens the door of `@latchkey/client`, with a storage of its own. */
export function openClientDoor(options: {
  url: string
  fetch: typeof fetch
  graceSeconds: number
  kind: 'client' | 'bound'
}): Door {
  const client = createClient({
    baseUrl: options.url,
    fetch: options.fetch,
    refreshGraceSeconds: options.graceSeconds,
    bound: options.kind === 'bound',
  })
  const names = { last_name: 'Lovelace' }
  return {
    kind: options.kind,
    signUp: ({ email, password, name }) =>
      run(() =>
        client.register({ email, password1: password, password2: password, first_name: name, ...names }),
      ),
    signIn: (email, password) => run(() => client.login({ email, password })),
    signOut: () => run(() => client.logout()),
    refresh: () => run(() => client.session.refresh()),
    read: () => ask(() => client.user.get()),
    rename: (name) => run(() => client.user.update({ first_name: name })),
    countSessions: async () => (await ask(() => client.sessions.list())).sessions.length,
    changePassword: (old, next) =>
      run(() => client.password.change({ old_password: old, new_password1: next, new_password2: next })),
    requestReset: (email) => run(() => client.password.requestReset({ email })),
    setNewPassword: (token, next) =>
      run(() => client.password.setNew({ token, new_password1: next, new_password2: next })),
    changeAddress: (email, password) => run(() => client.email.change({ new_email: email, password })),
    confirmAddress: (key) => run(() => confirmEmailChange(client, { key })),
    isSignedIn: () => client.session.state.status === 'signed_in',
  }
}

async function ask<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (isLatchkeyError(error)) throw new Failure(error.status, error.code)
    throw error
  }
}

async function run(work: () => Promise<unknown>): Promise<void> {
  await ask(work)
}
