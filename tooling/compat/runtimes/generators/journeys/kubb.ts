import { setConfig } from '@kubb/plugin-client/clients/fetch'
import * as api from '../generated/kubb/index.ts'
import { type Calls, type Journey, tokensOf, travel } from './travel.ts'

const bearer = (access: string) => ({ headers: { Authorization: `Bearer ${access}` } })

/** The types of kubb are those of a success. A refusal has the same object with other fields. */
const calls: Calls = {
  signUp: async (data) => (await api.restRegister({ data })).data.detail,
  async signIn(data) {
    const answer = await api.restLogin({ data })
    return answer.status === 200 ? tokensOf(answer.data) : { code: tell(answer.data).code }
  },
  refresh: async (refresh) => (await api.tokenRefresh({ data: { refresh } })).data.access,
  async readUser(access) {
    const answer = await api.restUserDetails(bearer(access))
    return answer.status === 200 ? answer.data.first_name : tell(answer.data).code
  },
  rename: async (access, first_name) =>
    (await api.restUserDetailsPartialUpdate({ data: { first_name } }, bearer(access))).data.first_name,
  listSessions: async (access) => (await api.sessionsList(bearer(access))).data.sessions,
  changePassword: async (access, data) =>
    (await api.restPasswordChange({ data }, bearer(access))).data.detail,
  requestReset: async (email) => (await api.restPasswordReset({ data: { email } })).data.detail,
  async setNew(data) {
    const answer = await api.restPasswordResetSetNew({ data })
    return answer.status === 200 ? tokensOf(answer.data) : { refused: Object.keys(answer.data ?? {}) }
  },
  revoke: async (access, id) => (await api.sessionsRevoke({ id }, bearer(access))).status,
  remove: async (access, password) => (await api.userDelete({ data: { password } }, bearer(access))).status,
}

function tell(data: unknown): Partial<api.Refusal> {
  return data as Partial<api.Refusal>
}

/** Makes the journey with the client of kubb. Its own fetch names no media type, so that of the document is set. */
export function makeJourney(journey: Journey): Promise<unknown[]> {
  setConfig({ baseURL: journey.baseUrl, headers: { 'Content-Type': 'application/json' } })
  return travel(calls, journey)
}
