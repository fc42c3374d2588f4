import { expect, test, vi } from 'vitest'
import { ADA, BOB, countArrived, setUpClient, signIn } from './support/clients.ts'
import { type ModelServer, refuse } from './support/model-server.ts'

const CHANGE = { new_email: 'ada@new.example.com', password: ADA.password }
const REFUSED = { code: 'insufficient_user_authentication', status: 403 }

/** Lets the server refuse the first change of address for the lack of a recent proof. */
function refuseOnce(server: ModelServer): void {
  let isRefused = false
  server.override = (path) => {
    if (path !== '/email/change/' || isRefused) return undefined
    isRefused = true
    return refuse(403, 'insufficient_user_authentication', 'Please confirm that it is you and try again.')
  }
}

test('a refused call is never sent again as another user who signed in during the proof', async () => {
  const made = setUpClient()
  const other = made.openTab()
  const client = made.openTab({ onReauthenticate: () => signIn(other, BOB) })
  await signIn(client, ADA)
  refuseOnce(made.server)
  await expect(client.email.change(CHANGE)).rejects.toMatchObject(REFUSED)
  expect(countArrived(made.server, 'POST /email/change/')).toBe(1)
  expect(client.session.state).toMatchObject({ status: 'signed_in', userId: BOB.email })
})

test('a sign-out during the proof fails the call, and nobody is signed in by it', async () => {
  const made = setUpClient()
  const other = made.openTab()
  const client = made.openTab({ onReauthenticate: () => other.logout() })
  await signIn(client, ADA)
  refuseOnce(made.server)
  await expect(client.email.change(CHANGE)).rejects.toMatchObject({ code: 'not_authenticated' })
  expect(countArrived(made.server, 'POST /email/change/')).toBe(1)
})

test('a proof that throws at once fails the call with the refusal', async () => {
  const made = setUpClient()
  const client = made.openTab({
    onReauthenticate: () => {
      throw new Error('There is no dialog.')
    },
  })
  await signIn(client, ADA)
  refuseOnce(made.server)
  await expect(client.email.change(CHANGE)).rejects.toMatchObject(REFUSED)
})

test('a proof without a promise is one, and the call is sent again', async () => {
  const made = setUpClient()
  const onReauthenticate = vi.fn()
  const client = made.openTab({ onReauthenticate })
  await signIn(client, ADA)
  refuseOnce(made.server)
  expect(await client.email.change(CHANGE)).toHaveProperty('email')
  expect(onReauthenticate).toHaveBeenCalledOnce()
})

test('a proof that never comes keeps no other call waiting', async () => {
  const made = setUpClient()
  const client = made.openTab({ onReauthenticate: () => new Promise(() => {}) })
  await signIn(client, ADA)
  refuseOnce(made.server)
  void client.email.change(CHANGE)
  await expect.poll(() => countArrived(made.server, 'POST /email/change/')).toBe(1)
  expect(await client.user.get()).toMatchObject({ email: ADA.email })
  await client.logout()
  expect(client.session.state).toMatchObject({ status: 'signed_out' })
})

test('a dialog that went away with its session does not keep the next user from another one', async () => {
  const made = setUpClient()
  const onReauthenticate = vi.fn((): Promise<unknown> => new Promise(() => {}))
  const client = made.openTab({ onReauthenticate })
  await signIn(client, ADA)
  refuseOnce(made.server)
  void client.email.change(CHANGE)
  await expect.poll(() => onReauthenticate.mock.calls.length).toBe(1)
  await client.logout()
  await signIn(client, BOB)
  refuseOnce(made.server)
  onReauthenticate.mockResolvedValue(undefined)
  expect(await client.email.change(CHANGE)).toMatchObject({ email: BOB.email })
})
