// The journey that every runtime makes. Plain JavaScript of ES2020, without an import, so that each of them can load it.

/**
 * Signs up, reads the user, refreshes, signs out and in again, and ends every session.
 *
 * @param {typeof import('@latchkey/client') & typeof import('@latchkey/client/fetch')} entry - the main entry and that of
 *   `createFetch`, as this runtime has loaded them
 * @param {string} baseUrl - of the server
 * @param {object} [options] - of the client
 * @returns {Promise<string[]>} what was seen on the way; the same in every runtime
 */
export async function journey({ createClient, createFetch, isLatchkeyError }, baseUrl, options) {
  const client = createClient({ baseUrl, ...options })
  const email = `ada-${Math.random().toString(36).slice(2)}@example.com`
  const password = 'a long enough phrase'
  const seen = []
  const stop = client.onChange((state) => seen.push(state.status))
  const names = { first_name: 'Ada', last_name: 'Lovelace' }
  const { status } = await client.register({ email, password1: password, password2: password, ...names })
  seen.push(`registered ${status === 'signed_in'}`)
  seen.push((await client.user.get()).first_name)
  const before = await client.session.accessToken()
  await client.session.refresh()
  seen.push(`refreshed ${before !== (await client.session.accessToken())}`)
  const answer = await createFetch(client)(`${client.baseUrl}/user/`)
  seen.push(`fetched ${answer.status}`)
  await client.logout()
  seen.push(`token ${await client.session.accessToken()}`)
  const refusal = await client.login({ email, password: 'wrong' }).catch((error) => error)
  seen.push(`${isLatchkeyError(refusal)} ${refusal.code}`)
  await client.login({ email, password })
  await client.logoutAll()
  stop()
  client.close()
  return seen
}

/**
 * Verifies an access token as a service does.
 *
 * @param {typeof import('@latchkey/client/server')} serverEntry - as this runtime has loaded it
 * @param {typeof import('@latchkey/client')} entry - the main entry
 * @param {string} baseUrl - of the server
 * @returns {Promise<string[]>} what was seen; the same in every runtime
 */
export async function verification({ createVerifier }, { createClient }, baseUrl) {
  const client = createClient({ baseUrl })
  const email = `grace-${Math.random().toString(36).slice(2)}@example.com`
  const password = 'a long enough phrase'
  const names = { first_name: 'Grace', last_name: 'Hopper' }
  await client.register({ email, password1: password, password2: password, ...names })
  const verifier = createVerifier({ issuer: baseUrl })
  const identity = await verifier.authenticate(`Bearer ${await client.session.accessToken()}`)
  const refusal = await verifier.authenticate('Bearer a.b.c').catch((error) => error)
  client.close()
  return [`${identity.userId === client.session.state.userId}`, `role ${identity.role}`, refusal.code]
}
