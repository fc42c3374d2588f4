import { Api, type HttpResponse, type Refusal } from '../generated/swagger-typescript-api.ts'
import { type Calls, type Journey, tokensOf, travel } from './travel.ts'

/** The client throws the response of a refusal. */
async function settle<Data, Refused>(
  call: Promise<HttpResponse<Data, Refused>>,
): Promise<{ status: number; data?: Data; error: Partial<Refusal> }> {
  try {
    const { status, data } = await call
    return { status, data, error: {} }
  } catch (thrown) {
    const { status, error } = thrown as HttpResponse<Data, Partial<Refusal>>
    return { status, error }
  }
}

function createCalls(baseUrl: string): Calls {
  const api = new Api({ baseUrl })
  const bearer = (access: string) => ({ headers: { Authorization: `Bearer ${access}` } })
  return {
    signUp: async (body) => (await settle(api.registration.restRegister(body))).data?.detail,
    async signIn(body) {
      const { data, error } = await settle(api.login.restLogin(body))
      return data ? tokensOf(data) : { code: error.code }
    },
    refresh: async (refresh) => (await settle(api.refresh.tokenRefresh({ refresh }))).data?.access,
    async readUser(access) {
      const { data, error } = await settle(api.user.restUserDetails(bearer(access)))
      return data?.first_name ?? error.code
    },
    rename: async (access, first_name) =>
      (await settle(api.user.restUserDetailsPartialUpdate({ first_name }, bearer(access)))).data?.first_name,
    listSessions: async (access) =>
      (await settle(api.sessions.sessionsList(bearer(access)))).data?.sessions ?? [],
    changePassword: async (access, body) =>
      (await settle(api.password.restPasswordChange(body, bearer(access)))).data?.detail,
    requestReset: async (email) => (await settle(api.password.restPasswordReset({ email }))).data?.detail,
    async setNew(body) {
      const { data, error } = await settle(api.password.restPasswordResetSetNew(body))
      return data ? tokensOf(data) : { refused: Object.keys(error) }
    },
    revoke: async (access, id) => (await settle(api.sessions.sessionsRevoke(id, bearer(access)))).status,
    remove: async (access, password) =>
      (await settle(api.user.userDelete({ password }, bearer(access)))).status,
  }
}

/** Makes the journey with the client of swagger-typescript-api. */
export function makeJourney(journey: Journey): Promise<unknown[]> {
  return travel(createCalls(journey.baseUrl), journey)
}
