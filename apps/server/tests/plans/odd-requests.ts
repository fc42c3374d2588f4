import { pages } from '@latchkey/contract'
import { createPerson, createRequest, type Request, send, type World } from '../document/requests.ts'

const { path, operationId } = pages.socialCallback
const CALLBACK = { path, operationId, method: 'GET', security: [], responses: {} }
const GRACE_SECONDS = 31
const FILTERS = ['search=user-7', 'search=user-7%40filled.example', 'role=1000', 'is_active=false', 'limit=5']

/** Sends what other statements answer than a usual request: a wrong password, former tokens, filters. */
export async function askOddly(world: World): Promise<void> {
  const { server } = world
  const { email, tokens } = await createPerson(world)
  await send(world, 'POST', { path: '/login/', json: { email, password: 'wrong' } })
  const refresh: Request = { path: '/refresh/', json: { refresh: tokens.refresh } }
  await send(world, 'POST', refresh)
  await send(world, 'POST', { ...refresh, headers: { 'user-agent': 'another/1' } })
  server.clock.seconds += GRACE_SECONDS
  await send(world, 'POST', refresh)
  await refreshAfterLoss(world)
  await retryLate(world)
  await comeBackTwice(world)
  const staff = await createPerson(world)
  await server.database.sql`update users set role = 900 where id = ${staff.userId}`
  for (const filter of FILTERS) {
    await send(world, 'GET', { path: `/staff/users/?${filter}`, token: staff.tokens.access })
  }
}

/** Comes back from a provider twice, as by a reload, and by an attempt of another browser. */
async function comeBackTwice(world: World): Promise<void> {
  const { path, headers } = await createRequest(world, CALLBACK)
  await send(world, 'GET', { path, headers })
  await send(world, 'GET', { path, headers })
  await send(world, 'GET', { path: (await createRequest(world, CALLBACK)).path })
}

/** Refreshes with a key, and again with the same key after the grace. */
async function retryLate(world: World): Promise<void> {
  const { tokens } = await createPerson(world)
  const headers = { 'idempotency-key': 'the-key-of-one-refresh' }
  for (let time = 0; time < 2; time++) {
    await send(world, 'POST', { path: '/refresh/', json: { refresh: tokens.refresh }, headers })
    world.server.clock.seconds += GRACE_SECONDS
  }
}

/** Refreshes with a token that is newer than its row, as after the restore of a backup. */
async function refreshAfterLoss(world: World): Promise<void> {
  const { sessionId, tokens } = await createPerson(world)
  await world.server.database.sql`update sessions set generation = 0 where id = ${sessionId}`
  await send(world, 'POST', { path: '/refresh/', json: { refresh: tokens.refresh } })
}
