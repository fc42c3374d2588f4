import { login } from '@latchkey/core/operations/auth/login'
import { readClaims } from '@latchkey/testkit'
import type { Spoil } from './refusals.ts'
import { CALLER_KEY, createPerson, presentRefresh, prove, type Request, type World } from './requests.ts'

const withProof = (request: Request, proof: { dpop: string }): Request => ({
  ...request,
  headers: { ...request.headers, ...proof },
})

/** The set-up of a factor opens a session only for a sign-in that has to set one up. */
async function asSetUp(world: World, request: Request): Promise<Request> {
  if (!request.token) return request
  const { email, password, userId } = await createPerson(world)
  await world.server.database.sql`update users set role = 900 where id = ${userId}`
  const answer = await login(world.server.ctx, { email, password })
  if (!('setupChallengeId' in answer)) throw new Error('The sign-in asked for no set-up.')
  const json = { ...(request.json as object), setup_challenge_id: answer.setupChallengeId }
  return { ...request, token: undefined, json }
}

/** Makes a request with a bad proof, an old one, or none. */
export const PROOF_REFUSALS: Record<string, Spoil> = {
  '400 invalid_dpop_proof': async (world, request) =>
    withProof(await asSetUp(world, request), { dpop: 'no proof' }),
  '400 dpop_required': async (world, request) => ({
    ...(await asSetUp(world, request)),
    isUnproven: true,
  }),
  '401 use_dpop_nonce': async (world, request) =>
    withProof(await asSetUp(world, request), await prove(request.path, { iat: 0 })),
}

/** The refresh of a session that is bound to a key. */
const ofBound =
  (makeProof: (path: string) => Promise<{ dpop: string }>): Spoil =>
  async (world, request) => {
    const { tokens } = await createPerson(world)
    await world.server.database.sql`update sessions set jkt = ${CALLER_KEY.jkt}, bound_by = 'dpop'
      where id = ${readClaims(tokens.access).session}`
    const { headers, ...presented } = presentRefresh(world, tokens)
    const proof = await makeProof(request.path)
    return { ...request, ...presented, headers: { ...headers, ...proof } }
  }

/** The same for the refresh, which alone asks whose key it is. */
export const OWN_PROOF_REFUSALS: Record<string, Spoil> = {
  'token_refresh 401 invalid_refresh_proof': ofBound(async () => ({ dpop: 'no proof' })),
  'token_refresh 401 use_dpop_nonce': ofBound((path) => prove(path)),
}
