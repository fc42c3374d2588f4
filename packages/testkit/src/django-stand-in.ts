import { pbkdf2, timingSafeEqual } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { promisify } from 'node:util'
import { verify } from '@node-rs/argon2'
import type postgres from 'postgres'
import {
  DJANGO_ACCESS_SECONDS,
  DJANGO_REFRESH_SECONDS,
  type DjangoClaims,
  newDjangoId,
  readDjangoClaims,
  signDjangoToken,
} from './django-tokens.ts'
import { openSql } from './test-database.ts'

/** A server by the rules of django-jwt-allauth 1.5.1, on a database of it. */
export interface DjangoStandIn {
  /** Its address with the path of the original's URLs: `http://127.0.0.1:8000/jwt-allauth`. */
  url: string
  port: number
  /** How many pairs it has made by rotation. */
  rotations(): number
  close(): Promise<void>
}

/** Where the original's URLs begin, as its documentation includes them. */
export const DJANGO_PREFIX = '/jwt-allauth'

/** The row of a live session with what a token says about its user. */
interface Subject {
  jti: string
  session: string
  user_id: string
  role: number
  email_verified: boolean
}

interface Answer {
  status: number
  body: object
  /** The refresh token of the cookie; '' clears it. */
  cookie?: string
}

/**
 * Starts a stand-in of the old server: sign-in, refresh, sign-out and the details of the user.
 *
 * A refresh replaces the row of its session: the `jti` is another, the session is the same. There is no grace.
 *
 * @param databaseUrl - the database of the deployment
 * @param options.asCookie - the refresh token is in a cookie and in no body
 */
export async function startDjangoStandIn(
  databaseUrl: string,
  options: { asCookie?: boolean } = {},
): Promise<DjangoStandIn> {
  const sql = openSql(databaseUrl)
  let rotations = 0

  const routes: Record<string, (call: Call) => Promise<Answer>> = {
    'POST /login/': async ({ body }) => {
      const user = await findUser(sql, String(body.email ?? ''))
      const isRight = user && (await isPassword(String(body.password ?? '').trim(), user.password))
      if (!isRight || !user.is_active) return refuse('Incorrect credentials', 'incorrect_credentials')
      if (!user.email_verified) return refuse('User email is not verified', 'email_not_verified')
      const subject = { ...user, jti: newDjangoId(), session: newDjangoId() }
      await sql`update jwt_allauth_jauser set last_login = now() where id = ${user.user_id}`
      await sql`
        insert into jwt_allauth_refreshtokenwhitelistmodel (id, created, jti, enabled, session, user_id)
        values (nextval('jwt_allauth_refreshtokenwhitelistmodel_id_seq'), now(), ${subject.jti}, true,
          ${subject.session}, ${subject.user_id})`
      return hand(subject, seconds())
    },
    'POST /refresh/': async (call) => {
      const claims = readToken(call.refresh, 'refresh')
      if (!claims) return refuse('Token is invalid', 'token_not_valid')
      const subject = await rotate(sql, claims)
      if (!subject) return refuse('Token is invalid', 'token_not_valid')
      rotations++
      return hand(subject, claims.session_iat ?? claims.iat)
    },
    'POST /logout/': async (call) => {
      const claims = readToken(call.refresh, 'refresh')
      if (!call.user || !claims) return refuse('Token is invalid', 'token_not_valid')
      await sql`delete from jwt_allauth_refreshtokenwhitelistmodel where session = ${claims.session}`
      return { status: 200, body: { detail: 'Successfully logged out.' }, cookie: '' }
    },
    'GET /user/': async ({ user }) => {
      if (!user) return refuse('Given token not valid for any token type', 'token_not_valid')
      const [details = {}] = await sql`
        select email, first_name, last_name from jwt_allauth_jauser where id = ${user.user_id}`
      return { status: 200, body: details }
    },
  }

  function hand(subject: Subject, sessionIat: number): Answer {
    const access = sign(subject, {
      type: 'access',
      lifetime: DJANGO_ACCESS_SECONDS,
      sessionIat,
      jti: newDjangoId(),
    })
    const refresh = sign(subject, {
      type: 'refresh',
      lifetime: DJANGO_REFRESH_SECONDS,
      sessionIat,
      jti: subject.jti,
    })
    return options.asCookie
      ? { status: 200, body: { access }, cookie: refresh }
      : { status: 200, body: { access, refresh } }
  }

  const server = createServer(async (request, response) => {
    const path = (request.url ?? '').split('?')[0]?.slice(DJANGO_PREFIX.length) ?? ''
    const route = routes[`${request.method} ${path}`]
    const answer = await (route?.(await readCall(request)) ?? { status: 404, body: {} })
    send(response, answer)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  return {
    url: `http://127.0.0.1:${port}${DJANGO_PREFIX}`,
    port,
    rotations: () => rotations,
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
      await sql.end()
    },
  }
}

interface Call {
  body: Record<string, unknown>
  /** The claims of the access token, or null without a good one. */
  user: DjangoClaims | null
  /** The refresh token of the cookie, else of the body. */
  refresh: string
}

async function readCall(request: IncomingMessage): Promise<Call> {
  let text = ''
  for await (const chunk of request) text += chunk
  const body = text === '' ? {} : JSON.parse(text)
  const [, cookie] = /(?:^|; )refresh_token=([^;]*)/.exec(request.headers.cookie ?? '') ?? []
  const access = (request.headers.authorization ?? '').replace(/^Bearer /, '')
  return { body, user: readToken(access, 'access'), refresh: cookie ?? String(body.refresh ?? '') }
}

function send(response: ServerResponse, { status, body, cookie }: Answer): void {
  response.setHeader('content-type', 'application/json')
  if (cookie !== undefined) {
    const attributes = `Max-Age=${cookie === '' ? 0 : DJANGO_REFRESH_SECONDS}; Path=/; HttpOnly; SameSite=Lax`
    response.setHeader('set-cookie', `refresh_token=${cookie}; ${attributes}`)
  }
  response.statusCode = status
  response.end(JSON.stringify(body))
}

function refuse(detail: string, code: string): Answer {
  return { status: 401, body: { detail, code } }
}

/** Returns the claims of a good token of this kind, or null. */
function readToken(token: string, type: 'access' | 'refresh'): DjangoClaims | null {
  try {
    const claims = readDjangoClaims(token)
    const isGood = token === signDjangoToken(claims) && claims.token_type === type && claims.exp > seconds()
    return isGood ? claims : null
  } catch {
    return null
  }
}

/** Replaces the row of the session, or returns null when the token is of no row. */
async function rotate(sql: postgres.Sql, { jti }: DjangoClaims): Promise<Subject | null> {
  const [row] = await sql<Subject[]>`
    with former as (
      delete from jwt_allauth_refreshtokenwhitelistmodel where jti = ${jti} and enabled
      returning session, user_id
    ), renewed as (
      insert into jwt_allauth_refreshtokenwhitelistmodel (id, created, jti, enabled, session, user_id)
      select nextval('jwt_allauth_refreshtokenwhitelistmodel_id_seq'), now(), ${newDjangoId()}, true, session, user_id
      from former returning jti, session, user_id
    )
    select renewed.jti, renewed.session, u.id::text as user_id, u.role, e.verified as email_verified
    from renewed join jwt_allauth_jauser u on u.id = renewed.user_id
    join account_emailaddress e on e.user_id = u.id and e."primary"`
  return row ?? null
}

type User = Omit<Subject, 'jti' | 'session'> & { password: string; is_active: boolean }

async function findUser(sql: postgres.Sql, email: string): Promise<User | undefined> {
  const [user] = await sql<User[]>`
    select u.id::text as user_id, u.role, u.password, u.is_active, e.verified as email_verified
    from account_emailaddress e join jwt_allauth_jauser u on u.id = e.user_id
    where lower(e.email) = lower(${email})`
  return user
}

/** Checks a password by the two hashers that this deployment has in `PASSWORD_HASHERS`. */
async function isPassword(password: string, encoded: string): Promise<boolean> {
  const [algorithm = '', iterations = '', salt = '', hash = ''] = encoded.split('$')
  if (algorithm === 'argon2') return verify(encoded.slice('argon2'.length), password)
  if (algorithm !== 'pbkdf2_sha256') return false
  const expected = Buffer.from(hash, 'base64')
  const made = await promisify(pbkdf2)(password, salt, Number(iterations), expected.length, 'sha256')
  return timingSafeEqual(made, expected)
}

interface Kind {
  type: 'access' | 'refresh'
  lifetime: number
  sessionIat: number
  jti: string
}

function sign({ user_id, session, role, email_verified }: Subject, kind: Kind): string {
  const iat = seconds()
  return signDjangoToken({
    token_type: kind.type,
    exp: iat + kind.lifetime,
    iat,
    jti: kind.jti,
    user_id,
    session,
    session_iat: kind.sessionIat,
    role,
    email_verified,
  })
}

function seconds(): number {
  return Math.floor(Date.now() / 1000)
}
