import type { Answer } from '../call.ts'
import { call, callTrpc } from '../call.ts'
import { OPERATIONS } from '../operations.ts'

/** A call of an operation, in the shape of both doors. */
export interface Sent {
  /** The fields, with those of the path. */
  input?: Record<string, unknown>
  token?: string
  headers?: Record<string, string>
}

/** The answer of a door, in one shape. */
export interface Told {
  ok: boolean
  status: number
  headers: Headers
  /** The answer, or of a refusal its code, its sentence and its fields. */
  body: Record<string, unknown>
}

/** Sends a call to a server: `passkeys.signIn` is the name of an operation at both doors. */
export type Door = (url: string, name: string, sent?: Sent) => Promise<Told>

const BY_NAME = new Map(OPERATIONS.map((endpoint) => [endpoint.procedurePath, endpoint]))

function endpointOf(name: string) {
  const endpoint = BY_NAME.get(name)
  if (!endpoint) throw new Error(`There is no operation ${name}.`)
  return endpoint
}

const sendRest: Door = async (url, name, { input = {}, token, headers } = {}) => {
  const { method, path, params } = endpointOf(name)
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, part) => encodeURIComponent(String(input[part])))
  const fields = Object.entries(input).filter(([field]) => !params.includes(field))
  const hasBody = method !== 'GET' && method !== 'DELETE'
  const json = hasBody ? Object.fromEntries(fields) : undefined
  const answer = await call(url + filled, { method, json, token, headers })
  const body = (answer.body ?? {}) as Record<string, unknown>
  const isFields = answer.status === 400 && typeof body.detail !== 'string'
  return describe(answer, isFields ? { code: 'invalid', fields: body } : body)
}

const sendTrpc: Door = async (url, name, { input = {}, token, headers } = {}) => {
  const { type } = endpointOf(name).procedure._def
  const answer = await callTrpc(url, { path: name, type }, { input, token, headers })
  const { result, error } = answer.body as {
    result?: { data?: Record<string, unknown> }
    error?: { message: string; data: Record<string, unknown> }
  }
  if (result) return describe(answer, result.data ?? {})
  if (!error) return describe(answer, {})
  const { fields, httpStatus: _, ...data } = error.data
  return describe(answer, fields ? { code: 'invalid', fields } : { detail: error.message, ...data })
}

function describe({ status, headers }: Answer, body: Record<string, unknown>): Told {
  return { ok: status < 300, status, headers, body }
}

/** Both doors of the server. */
export const DOORS: [string, Door][] = [
  ['REST', sendRest],
  ['tRPC', sendTrpc],
]

/** The door for what does not differ between the doors. */
export const rest = sendRest
