/** A model of how the server handles sessions: rotation, grace and theft, over virtual time. */
export interface ModelServer {
  fetch: typeof fetch
  /** Every request that arrived: `POST /refresh/`. */
  arrived: string[]
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
}

interface ModelRequest {
  body: Record<string, unknown>
  bearer: string | null
}

const GRACE_MILLISECONDS = 30_000

/** Creates a model of the server, which accepts every password. */
export function createModelServer(): ModelServer {
  const sessions = new Map<string, ModelSession>()
  let count = 0

  const model: ModelServer = {
    arrived: [],
    skewSeconds: 0,
    accessSeconds: 1800,
    emailVerified: true,
    override: null,
    isAlive: (session) => sessions.has(session),
    end: (session) => void sessions.delete(session),
    fetch: async (input, init) => {
      const path = new URL(String(input)).pathname
      model.arrived.push(`${init?.method ?? 'GET'} ${path}`)
      const overridden = model.override?.(path)
      if (overridden) return overridden
      const headers = new Headers(init?.headers)
      const bearer = headers.get('authorization')?.slice('Bearer '.length) ?? null
      return answer(path, { body: JSON.parse(String(init?.body ?? '{}')), bearer })
    },
  }

  function answer(path: string, request: ModelRequest): Response {
    if (path === '/login/') return json(open(String(request.body.email)))
    if (path === '/password/reset/set-new/') return setNewPassword(String(request.body.token))
    if (path === '/refresh/') return refresh(readPayload(request.body.refresh))
    const { session } = readPayload(request.bearer)
    if (path === '/logout/') return logout(readPayload(request.body.refresh))
    const found = authenticate(request.bearer)
    if (!found) return refuse(401, 'token_not_valid', 'Given token not valid for any token type')
    if (path === '/password/change/') return changePassword(found)
    if (path.startsWith('/sessions/')) return revoke(path.split('/')[2] ?? '')
    return json({ email: found.user, first_name: String(session), last_name: '' })
  }

  function open(user: string) {
    count += 1
    const session = {
      id: `session-${count}`,
      user,
      generation: 1,
      startedAt: toSeconds(serverNow()),
      rotatedAt: null,
    }
    sessions.set(session.id, session)
    return issue(session)
  }

  function refresh({ session, generation }: Payload): Response {
    const found = sessions.get(String(session))
    if (!found || typeof generation !== 'number' || generation > found.generation) return refuseRefresh()
    const isInGrace = found.rotatedAt !== null && Date.now() - found.rotatedAt < GRACE_MILLISECONDS
    if (isInGrace && generation >= found.generation - 1) return json(issue(found))
    if (generation < found.generation) {
      sessions.delete(found.id)
      return refuseRefresh()
    }
    found.generation += 1
    found.rotatedAt = Date.now()
    return json(issue(found))
  }

  function logout({ session }: Payload): Response {
    return sessions.delete(String(session))
      ? json({ detail: 'Successfully logged out.' })
      : refuse(400, 'token_not_valid', 'Invalid token.')
  }

  function changePassword(found: ModelSession): Response {
    sessions.delete(found.id)
    return json({ detail: 'New password has been saved.', ...open(found.user) })
  }

  /** The token of a link is the address of the user. */
  function setNewPassword(user: string): Response {
    for (const session of sessions.values()) if (session.user === user) sessions.delete(session.id)
    return json({ detail: 'Password reset.', ...open(user) })
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
    return { access, refresh: sign({ ...claims, token_type: 'refresh', exp: iat + 1_209_600, generation }) }
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
