import { createClient } from '../generated/hey-api/client/index.ts'
import * as api from '../generated/hey-api/index.ts'
import { insist, insistTokens, type Journey, NAMES, PASSWORDS } from './journey.ts'

/**
 * Goes from sign-up to the deletion of the user with a client of `@hey-api/openapi-ts`.
 *
 * @returns one finding per step
 */
export async function travelWithHeyApi({ baseUrl, email, readLink }: Journey): Promise<unknown[]> {
  let access: string | undefined
  const client = createClient({ baseUrl, auth: () => access })
  const [first, second, third] = PASSWORDS

  const form = { email, password1: first, password2: first, ...NAMES }
  const signUp = await api.restRegister({ client, body: form })
  const early = await api.restLogin({ client, body: { email, password: first } })
  const { secret: key } = await readLink('confirm-registration')
  const verified = await api.accountConfirmEmail({ client, path: { key }, redirect: 'manual' })

  const tokens = insistTokens((await api.restLogin({ client, body: { email, password: first } })).data)
  access = tokens.access
  const user = await api.restUserDetails({ client })
  const renamed = await api.restUserDetailsPartialUpdate({ client, body: { first_name: 'Augusta' } })
  const refreshed = insist(
    (await api.tokenRefresh({ client, body: { refresh: tokens.refresh } })).data,
    'pair',
  )
  access = refreshed.access
  const sessions = await api.sessionsList({ client })

  const passwords = { old_password: first, new_password1: second, new_password2: second }
  const changed = await api.restPasswordChange({ client, body: passwords })
  access = tokens.access
  const old = await api.restUserDetails({ client })

  await api.restPasswordReset({ client, body: { email } })
  const { secret: token } = await readLink('reset-password')
  const weak = await api.restPasswordResetSetNew({
    client,
    body: { new_password1: '12345', new_password2: '12345', token },
  })
  const reset = await api.restPasswordResetSetNew({
    client,
    body: { new_password1: third, new_password2: third, token },
  })
  access = insist(reset.data && 'access' in reset.data ? reset.data.access : undefined, 'access token')
  const current = insist((await api.sessionsList({ client })).data, 'list').sessions
  const revoked = await api.sessionsRevoke({ client, path: { id: insist(current[0], 'session').id } })

  access = insistTokens((await api.restLogin({ client, body: { email, password: third } })).data).access
  const deleted = await api.userDelete({ client, body: { password: third } })
  const gone = await api.restLogin({ client, body: { email, password: third } })
  return [
    signUp.data?.detail,
    early.error && 'code' in early.error && early.error.code,
    verified.response?.status,
    user.data?.first_name,
    renamed.data?.first_name,
    sessions.data?.sessions.map((session) => session.current),
    changed.data?.detail,
    old.error?.code,
    weak.error && typeof weak.error === 'object' && 'new_password2' in weak.error,
    reset.data?.detail,
    revoked.response?.status,
    deleted.response?.status,
    gone.error && 'code' in gone.error && gone.error.code,
  ]
}
