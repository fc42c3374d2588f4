import createClient from 'openapi-fetch'
import type { paths } from '../generated/schema.ts'
import { insist, insistTokens, type Journey, NAMES, PASSWORDS } from './journey.ts'

/**
 * Goes from sign-up to the deletion of the user with a client of `openapi-typescript` and `openapi-fetch`.
 *
 * @returns one finding per step
 */
export async function travelWithOpenapiFetch({ baseUrl, email, readLink }: Journey): Promise<unknown[]> {
  const client = createClient<paths>({ baseUrl })
  const [first, second, third] = PASSWORDS
  const bearer = (access: string) => ({ Authorization: `Bearer ${access}` })

  const form = { email, password1: first, password2: first, ...NAMES }
  const signUp = await client.POST('/registration/', { body: form })
  const early = await client.POST('/login/', { body: { email, password: first } })
  const { secret: key } = await readLink('confirm-registration')
  const verified = await client.GET('/registration/verification/{key}/', {
    params: { path: { key } },
    redirect: 'manual',
  })

  const signIn = await client.POST('/login/', { body: { email, password: first } })
  const tokens = insistTokens(signIn.data)
  const user = await client.GET('/user/', { headers: bearer(tokens.access) })
  const renamed = await client.PATCH('/user/', {
    body: { first_name: 'Augusta' },
    headers: bearer(tokens.access),
  })
  const refreshed = insist(
    (await client.POST('/refresh/', { body: { refresh: tokens.refresh } })).data,
    'pair',
  )
  const sessions = await client.GET('/sessions/', { headers: bearer(refreshed.access) })

  const changed = await client.POST('/password/change/', {
    body: { old_password: first, new_password1: second, new_password2: second },
    headers: bearer(refreshed.access),
  })
  const old = await client.GET('/user/', { headers: bearer(tokens.access) })

  await client.POST('/password/reset/', { body: { email } })
  const { secret: token } = await readLink('reset-password')
  const weak = await client.POST('/password/reset/set-new/', {
    body: { new_password1: '12345', new_password2: '12345', token },
  })
  const reset = await client.POST('/password/reset/set-new/', {
    body: { new_password1: third, new_password2: third, token },
  })
  const access = insist(reset.data && 'access' in reset.data ? reset.data.access : undefined, 'access token')
  const current = insist((await client.GET('/sessions/', { headers: bearer(access) })).data, 'list').sessions
  const revoked = await client.DELETE('/sessions/{id}/', {
    params: { path: { id: insist(current[0], 'session').id } },
    headers: bearer(access),
  })

  const again = insistTokens((await client.POST('/login/', { body: { email, password: third } })).data)
  const deleted = await client.POST('/user/delete/', {
    body: { password: third },
    headers: bearer(again.access),
  })
  const gone = await client.POST('/login/', { body: { email, password: third } })
  return [
    signUp.data?.detail,
    early.error && 'code' in early.error && early.error.code,
    verified.response.status,
    user.data?.first_name,
    renamed.data?.first_name,
    sessions.data?.sessions.map((session) => session.current),
    changed.data?.detail,
    old.error?.code,
    weak.error && typeof weak.error === 'object' && 'new_password2' in weak.error,
    reset.data?.detail,
    revoked.response.status,
    deleted.response.status,
    gone.error && 'code' in gone.error && gone.error.code,
  ]
}
