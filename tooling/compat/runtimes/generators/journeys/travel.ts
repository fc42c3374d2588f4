/** The server of a journey, and the way to read its mail. */
export interface Journey {
  baseUrl: string
  email: string
  /** Waits for the next mail of a kind, and returns the path of its link and the secret in that path. */
  readLink(kind: 'confirm-registration' | 'reset-password'): Promise<{ path: string; secret: string }>
}

/** The tokens of an answer. Where a second factor is due, it has none and says what comes first. */
export function tokensOf(answer: object): { access?: string; refresh?: string } {
  return 'access' in answer ? (answer as { access: string; refresh: string }) : {}
}

/** The calls of a generated client. Each returns what the journey looks at, taken out of the generated types. */
export interface Calls {
  signUp(body: {
    email: string
    password1: string
    password2: string
    first_name: string
    last_name: string
  }): Promise<string | undefined>
  /** The tokens, or the code of the refusal. */
  signIn(body: {
    email: string
    password: string
  }): Promise<{ access?: string; refresh?: string; code?: string }>
  refresh(refresh: string): Promise<string | undefined>
  /** The first name, or the code of the refusal. */
  readUser(access: string): Promise<string | undefined>
  rename(access: string, firstName: string): Promise<string | undefined>
  listSessions(access: string): Promise<{ id: string; current: boolean }[]>
  changePassword(
    access: string,
    body: { old_password: string; new_password1: string; new_password2: string },
  ): Promise<string | undefined>
  requestReset(email: string): Promise<string | undefined>
  /** The access token, or the fields that were refused. */
  setNew(body: {
    new_password1: string
    new_password2: string
    token: string
  }): Promise<{ access?: string; refused?: string[] }>
  revoke(access: string, id: string): Promise<number>
  remove(access: string, password: string): Promise<number>
}

const [FIRST, SECOND, THIRD] = ['a long enough phrase', 'another long phrase', 'a third long phrase'] as const

/** Goes from sign-up to the deletion of the user. Returns one finding per step. */
export async function travel(calls: Calls, { baseUrl, email, readLink }: Journey): Promise<unknown[]> {
  const names = { first_name: 'Ada', last_name: 'Lovelace' }
  const signedUp = await calls.signUp({ email, password1: FIRST, password2: FIRST, ...names })
  const early = await calls.signIn({ email, password: FIRST })
  await fetch(baseUrl + (await readLink('confirm-registration')).path)
  const { access = '', refresh = '' } = await calls.signIn({ email, password: FIRST })
  const user = await calls.readUser(access)
  const renamed = await calls.rename(access, 'Augusta')
  const fresh = (await calls.refresh(refresh)) ?? ''
  const sessions = await calls.listSessions(fresh)
  const passwords = { old_password: FIRST, new_password1: SECOND, new_password2: SECOND }
  const changed = await calls.changePassword(fresh, passwords)
  const old = await calls.readUser(access)
  const requested = await calls.requestReset(email)
  const { secret: token } = await readLink('reset-password')
  const weak = await calls.setNew({ new_password1: '12345', new_password2: '12345', token })
  const reset = await calls.setNew({ new_password1: THIRD, new_password2: THIRD, token })
  const [current] = await calls.listSessions(reset.access ?? '')
  const revoked = await calls.revoke(reset.access ?? '', current?.id ?? '')
  const again = await calls.signIn({ email, password: THIRD })
  const removed = await calls.remove(again.access ?? '', THIRD)
  const gone = await calls.signIn({ email, password: THIRD })
  return [
    signedUp,
    early.code,
    user,
    renamed,
    sessions.map((session) => session.current),
    changed,
    old,
    requested,
    weak.refused,
    revoked,
    removed,
    gone.code,
  ]
}
