import * as api from '../generated/orval/client.ts'
import {
  RestLoginResponse,
  RestUserDetailsResponse,
  SessionsListResponse,
} from '../generated/orval/schemas.ts'
import { type Calls, type Journey, tokensOf, travel } from './travel.ts'

declare global {
  var latchkeyUrl: string
}

const bearer = (access: string) => ({ headers: { Authorization: `Bearer ${access}` } })

/** The zod schemas of orval check three of the answers. */
const calls: Calls = {
  async signUp(body) {
    const { status, data } = await api.restRegister(body)
    return status === 201 ? data.detail : undefined
  },
  async signIn(body) {
    const { status, data } = await api.restLogin(body)
    if (status === 200) return tokensOf(RestLoginResponse.parse(data))
    return status === 401 ? { code: data.code } : {}
  },
  async refresh(refresh) {
    const { status, data } = await api.tokenRefresh({ refresh })
    return status === 200 ? data.access : undefined
  },
  async readUser(access) {
    const { status, data } = await api.restUserDetails(bearer(access))
    return status === 200 ? RestUserDetailsResponse.parse(data).first_name : data.code
  },
  async rename(access, first_name) {
    const { status, data } = await api.restUserDetailsPartialUpdate({ first_name }, bearer(access))
    return status === 200 ? data.first_name : undefined
  },
  async listSessions(access) {
    const { data } = await api.sessionsList(bearer(access))
    return SessionsListResponse.parse(data).sessions
  },
  async changePassword(access, body) {
    const { status, data } = await api.restPasswordChange(body, bearer(access))
    return status === 200 ? data.detail : undefined
  },
  async requestReset(email) {
    const { status, data } = await api.restPasswordReset({ email })
    return status === 200 ? data.detail : undefined
  },
  async setNew(body) {
    const { status, data } = await api.restPasswordResetSetNew(body)
    if (status === 200) return tokensOf(data)
    return { refused: Object.keys(data ?? {}) }
  },
  revoke: async (access, id) => (await api.sessionsRevoke(id, bearer(access))).status,
  remove: async (access, password) => (await api.userDelete({ password }, bearer(access))).status,
}

/** Makes the journey with the clients of orval: fetch, and zod. */
export function makeJourney(journey: Journey): Promise<unknown[]> {
  globalThis.latchkeyUrl = journey.baseUrl
  return travel(calls, journey)
}
