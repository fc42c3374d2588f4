import * as api from '../generated/oazapfts.ts'
import { type Calls, type Journey, travel } from './travel.ts'

const bearer = (access: string) => ({ headers: { Authorization: `Bearer ${access}` } })

const calls: Calls = {
  async signUp(body) {
    const answer = await api.restRegister(body)
    return 'detail' in answer.data ? String(answer.data.detail) : undefined
  },
  async signIn(body) {
    const { data } = await api.restLogin(body)
    if ('access' in data) return data
    return 'code' in data ? { code: data.code } : {}
  },
  async refresh(refresh) {
    const { data } = await api.tokenRefresh({ refresh })
    return 'access' in data ? data.access : undefined
  },
  async readUser(access) {
    const { data } = await api.restUserDetails(bearer(access))
    return 'first_name' in data ? data.first_name : data.code
  },
  async rename(access, first_name) {
    const answer = await api.restUserDetailsPartialUpdate({ first_name }, bearer(access))
    return answer.status === 200 && 'email' in answer.data ? String(answer.data.first_name) : undefined
  },
  async listSessions(access) {
    const { data } = await api.sessionsList(bearer(access))
    return 'sessions' in data ? data.sessions : []
  },
  async changePassword(access, body) {
    const { data } = await api.restPasswordChange(body, bearer(access))
    return 'detail' in data ? data.detail : undefined
  },
  async requestReset(email) {
    const { data } = await api.restPasswordReset({ email })
    return 'detail' in data ? data.detail : undefined
  },
  async setNew(body) {
    const answer = await api.restPasswordResetSetNew(body)
    const data: object = ('data' in answer && answer.data) || {}
    return 'access' in data ? { access: String(data.access) } : { refused: Object.keys(data) }
  },
  revoke: async (access, id) => (await api.sessionsRevoke(id, bearer(access))).status,
  remove: async (access, password) => (await api.userDelete({ password }, bearer(access))).status,
}

/** Makes the journey with the client of oazapfts. */
export function makeJourney(journey: Journey): Promise<unknown[]> {
  api.defaults.baseUrl = journey.baseUrl
  return travel(calls, journey)
}
