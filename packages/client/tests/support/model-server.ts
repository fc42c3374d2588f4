import { nonceAt, type ReadProof, readProof, type SentProof } from './model-dpop.ts'

/** A model of how the server handles sessions: rotation, grace, late answers and theft, over virtual time. */
export interface ModelServer {
  fetch: typeof fetch
  /** Every request that arrived: `POST /refresh/`. */
  arrived: string[]
  /** The headers of every request that arrived, beside `arrived`. */
  headers: Headers[]
  /** The setting `DPOP` of the server; `off` binds no new session. */
  dpop: 'optional' | 'required' | 'off'
  /** The answers to stale tokens outside of the grace, by what showed that their sender is the owner. */
  late: { proof: number; keyed: number }
  /** The sessions that ended because a stale token came without key or proof. */
  thefts: number
  /** The time by which the server's clock is ahead of the client's. */
  skewSeconds: number
  accessSeconds: number
  /** The claim of the next tokens. */
  emailVerified: boolean
  /** Answers the next requests instead of the operation, where it returns a response. */
  override: ((path: string) => Response | undefined) | null
  isAlive(session: string): boolean
  end(session: string): void
}

interface ModelSession {
  id: string
  user: string
  generation: number
  startedAt: number
  rotatedAt: number | null
  /** The key of the last rotation; null where it had none. */
  rotationKey: string | null
  /** The thumbprint of the key that the session is bound to; null where it is not bound. */
  jkt: string | null
}

interface ModelRequest {
  body: Record<string, unknown>
  bearer: string | null
  key: string | null
  proof: SentProof
}

const GRACE_MILLISECONDS = 30_000
/** A structured-field string, or its bare form. */
const IDEMPOTENCY_KEY = /^(?:"([!#-[\]-~]{16,128})"|([!#-[\]-~]{16,128}))$/
const ALGORITHMS = 'ES256 Ed25519 EdDSA'

/** Creates a model of the server, which accepts every password. */
export function createModelServer(): ModelServer {
  const sessions = new Map<string, ModelSession>()
  let count = 0

  const model: ModelServer = {
    arrived: [],
    headers: [],
    dpop: 'optional',
    late: { proof: 0, keyed: 0 },
    thefts: 0,
    skewSeconds: 0,
    accessSeconds: 1800,
    emailVerified: true,
    override: null,
    isAlive: (session) => sessions.has(session),
    end: (session) => void sessions.delete(session),
    fetch: async (input, init) => {
      const path = new URL(String(input)).pathname
      const method = init?.method ?? 'GET'
      const headers = new Headers(init?.headers)
      model.arrived.push(`${method} ${path}`)
      model.headers.push(headers)
      const overridden = model.override?.(path)
      if (overridden) return overridden
      const bearer = headers.get('authorization')?.slice('Bearer '.length) ?? null
      const header = headers.get('dpop')
      const proof = { header, method, url: String(input) }
      const key = headers.get('idempotency-key')
      const answered = answer(path, { body: JSON.parse(String(init?.body ?? '{}')), bearer, key, proof })
      if (header !== null) answered.headers.set('DPoP-Nonce', nonceAt(serverNow()))
      return answered
    },
  }

  function answer(path: string, request: ModelRequest): Response {
    if (path === '/login/' || path === '/registration/')
      return openFor(request, (jkt) => open(String(request.body.email), jkt))
    // The code of a provider is the user.
    if (path === '/social/session/') return openFor(request, (jkt) => open(String(request.body.code), jkt))
    if (path === '/password/reset/set-new/')
      return openFor(request, (jkt) => setNewPassword(String(request.body.token), jkt))
    if (path === '/refresh/') return refresh(request)
    const { session } = readPayload(request.bearer)
    if (path === '/logout/') return logout(readPayload(request.body.refresh))
    const found = authenticate(request.bearer)
    if (!found) return refuse(401, 'token_not_valid', 'Given token not valid for any token type')
    if (path === '/password/change/') return changePassword(found)
    if (path.startsWith('/sessions/')) return revoke(path.split('/')[2] ?? '')
    return json({ email: found.user, first_name: String(session), last_name: '' })
  }

  /** Opens a session, bound to the key of the proof if the request has one. */
  function openFor({ proof }: ModelRequest, work: (jkt: string | null) => object): Response {
    if (proof.header === null || model.dpop === 'off')
      return model.dpop === 'required'
        ? refuse(400, 'dpop_required', 'A proof is required.')
        : json(work(null))
    const read = readProof(proof, serverNow(), false)
    if ('jkt' in read) return json(work(read.jkt))
    return refuseProof(read, read.refusal === 'use_dpop_nonce' ? 401 : 400)
  }

  function open(user: string, jkt: string | null) {
    count += 1
    const startedAt = toSeconds(serverNow())
    const begun = { generation: 1, startedAt, rotatedAt: null, rotationKey: null }
    const session = { id: `session-${count}`, user, ...begun, jkt }
    sessions.set(session.id, session)
    return issue(session)
  }

  function refresh(request: ModelRequest): Response {
    const [key] =
      IDEMPOTENCY_KEY.exec(request.key ?? '')
        ?.slice(1)
        .filter(Boolean) ?? []
    if (request.key !== null && key === undefined)
      return refuse(400, 'invalid_idempotency_key', 'The header Idempotency-Key is not valid.')
    const { session, generation } = readPayload(request.body.refresh)
    const found = sessions.get(String(session))
    if (!found || typeof generation !== 'number' || generation > found.generation) return refuseRefresh()
    if (found.jkt !== null) {
      const read = readProof(request.proof, serverNow(), true)
      if (!('jkt' in read)) return refuseProof(read, 401)
      if (read.jkt !== found.jkt) return refuseProof({ refusal: 'invalid_dpop_proof' }, 401)
    }
    return decide(found, generation, key ?? null)
  }

  function decide(found: ModelSession, generation: number, key: string | null): Response {
    const behind = found.generation - generation
    const isKeyOfIts = key !== null && key === found.rotationKey
    if (behind === 0 && isKeyOfIts)
      return refuse(422, 'idempotency_key_reused', 'A key is made for one refresh.')
    const isInGrace = found.rotatedAt !== null && serverNow() - found.rotatedAt < GRACE_MILLISECONDS
    if (isInGrace && behind <= 1) return json(issue(found))
    if (behind === 0) return rotate(found, key)
    if (found.jkt !== null || (behind === 1 && isKeyOfIts)) {
      model.late[found.jkt === null ? 'keyed' : 'proof'] += 1
      return json(issue(found))
    }
    model.thefts += 1
    sessions.delete(found.id)
    return refuseRefresh()
  }

  function rotate(found: ModelSession, key: string | null): Response {
    found.generation += 1
    found.rotatedAt = serverNow()
    found.rotationKey = key
    return json(issue(found))
  }

  function logout({ session }: Payload): Response {
    return sessions.delete(String(session))
      ? json({ detail: 'Successfully logged out.' })
      : refuse(400, 'token_not_valid', 'Invalid token.')
  }

  function changePassword(found: ModelSession): Response {
    sessions.delete(found.id)
    return json({ detail: 'New password has been saved.', ...open(found.user, found.jkt) })
  }

  /** The token of a link is the address of the user. */
  function setNewPassword(user: string, jkt: string | null) {
    for (const session of sessions.values()) if (session.user === user) sessions.delete(session.id)
    return { detail: 'Password reset.', ...open(user, jkt) }
  }

  function revoke(session: string): Response {
    sessions.delete(session)
    return new Response(null, { status: 204 })
  }

  function authenticate(bearer: string | null): ModelSession | undefined {
    const { session, exp } = readPayload(bearer)
    return Number(exp) * 1000 > serverNow() ? sessions.get(String(session)) : undefined
  }

  function issue(session: ModelSession) {
    const iat = toSeconds(serverNow())
    const named = { session: session.id, session_iat: session.startedAt }
    const claims = { iat, ...named, user_id: session.user, role: 0, email_verified: model.emailVerified }
    const access = sign({ ...claims, token_type: 'access', exp: iat + model.accessSeconds })
    const { generation } = session
    const refresh = sign({ ...claims, token_type: 'refresh', exp: iat + 1_209_600, generation })
    return { access, refresh, ...(session.jkt !== null && { bound: true }) }
  }

  function serverNow(): number {
    return Date.now() + model.skewSeconds * 1000
  }

  return model
}

function toSeconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1000)
}

type Payload = Record<string, unknown>

let signatures = 0

/** Creates a token with a false signature; no two tokens are equal. */
export function sign(payload: Payload): string {
  signatures += 1
  return `e30.${Buffer.from(JSON.stringify(payload)).toString('base64url')}.${signatures}`
}

/** Reads the payload of a token; empty when the value is not a token. */
export function readPayload(token: unknown): Payload {
  const part = String(token).split('.')[1]
  return part ? JSON.parse(Buffer.from(part, 'base64url').toString()) : {}
}

/** Creates a JSON answer. */
export function json(body: unknown, init: ResponseInit = {}): Response {
  return new Response(JSON.stringify(body), { headers: { 'Content-Type': 'application/json' }, ...init })
}

/** Creates a refusal in the shape of the server. */
export function refuse(status: number, code: string, detail: string, headers = {}): Response {
  return json({ detail, code }, { status, headers: { 'Content-Type': 'application/json', ...headers } })
}

function refuseRefresh(): Response {
  return refuse(401, 'token_not_valid', 'Token is invalid or expired')
}

function refuseProof(read: Extract<ReadProof, { refusal: string }>, status: number): Response {
  const challenge = `Bearer realm="api", DPoP error="${read.refusal}", algs="${ALGORITHMS}"`
  return refuse(status, read.refusal, 'The proof is refused.', { 'WWW-Authenticate': challenge })
}
