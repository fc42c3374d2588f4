import type { LatchkeyClient } from '../client.ts'
import type { Authenticator, RegisterPasskeyAnswer, RegisterPasskeyInput } from '../generated/bodies.ts'
import { createMfaCalls } from '../generated/create-mfa-calls.ts'
import * as routes from '../generated/routes.ts'
import { createFailure } from '../http/error.ts'
import type { Call } from '../http/send.ts'
import { byRoute } from '../operations/create-operations.ts'
import type { TokenPair } from '../session/held-tokens.ts'
import { factorCallsOf } from './factor-calls.ts'
import type { FactorChange, SecondFactorOperations } from './mfa-operations.ts'
import { listAndTell, tellAfterRemoval } from './tell-browser.ts'

/**
 * Creates the operations on second factors of a client. They keep the session and fail as the operations of the client
 * do.
 */
export function createMfaOperations(client: LatchkeyClient): SecondFactorOperations {
  const { send, sendAsUser, signIn, replace, refreshLevel } = factorCallsOf(client)
  const calls = createMfaCalls(byRoute(send), byRoute(sendAsUser))

  const complete = async (call: Call) => (await signIn(call)).signedIn

  async function change<Answer>(call: Call): Promise<Answer> {
    const answer = await sendAsUser<Answer>(call)
    await refreshLevel()
    return answer
  }

  async function activate(fields: { code: string; setup_challenge_id?: string }): Promise<FactorChange> {
    const call: Call = { route: routes.activateTotp, fields }
    if (fields.setup_challenge_id === undefined) return change(call)
    return withoutTokens((await signIn<FactorChange>(call)).answer)
  }

  async function register(fields: RegisterPasskeyInput): Promise<RegisterPasskeyAnswer> {
    const call: Call = { route: routes.registerPasskey, fields }
    if (fields.setup_challenge_id === undefined) return sendAsUser(call)
    return withoutTokens((await signIn<RegisterPasskeyAnswer>(call)).answer)
  }

  async function remove(fields: { id: string }): Promise<void> {
    await sendAsUser({ route: routes.deletePasskey, fields, isEmpty: true })
    tellAfterRemoval(sendAsUser)
    // The answer has nothing that depends on the level.
    void refreshLevel()
  }

  return {
    mfa: {
      ...calls.mfa,
      authenticators: () => sendAsUser<Authenticator[]>({ route: routes.listAuthenticators, peek: readList }),
      activate,
      verify: (fields) => complete({ route: routes.verifyTotp, fields }),
      verifyRecovery: (fields) => complete({ route: routes.verifyRecoveryCode, fields }),
      verifyPasskey: (fields) => complete({ route: routes.verifyPasskey, fields }),
      enable: () => change({ route: routes.enableSecondFactor, fields: {} }),
      deactivate: (fields) => change({ route: routes.deactivateSecondFactor, fields }),
    },
    passkeys: {
      ...calls.passkeys,
      signIn: (fields) => complete({ route: routes.signInWithPasskey, fields }),
      register,
      list: () => listAndTell(sendAsUser),
      delete: remove,
    },
    reauthenticate: async (fields) => {
      const { detail } = await replace<{ detail: string }>({ route: routes.reauthenticate, fields })
      return { detail }
    },
    reauthenticateOptions: () => sendAsUser({ route: routes.describeReauthentication, fields: {} }),
  }
}

/** Reads an answer that is a list. What is no list is not from the server. */
async function readList(response: Response): Promise<unknown[]> {
  const body = await response.json().catch(() => undefined)
  if (Array.isArray(body)) return body
  throw createFailure('unexpected_answer', { status: response.status })
}

/** Leaves the tokens of a sign-in out of its answer. */
function withoutTokens<Answer extends object>(answer: Answer): Answer {
  const {
    access: _access,
    refresh: _refresh,
    bound: _bound,
    ...others
  } = answer as Answer & Partial<TokenPair>
  return others as unknown as Answer
}
