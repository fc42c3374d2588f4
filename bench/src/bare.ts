import { hash, verify } from '@node-rs/argon2'
import { type CryptoKey, generateKeyPair, generateSecret, jwtVerify, SignJWT } from 'jose'
import postgres from 'postgres'
import { measure } from './measure.ts'
import { serveTasks } from './worker.ts'

/** The work that every server must do, in a bare loop without a server. */
export type BareTask = 'hash' | 'rotation'

interface Session {
  id: string
  refresh: string
}

const ISSUER = 'http://localhost'
const REFRESH_AUDIENCE = `${ISSUER}/refresh/`
const IDLE_SECONDS = 14 * 86_400
const ACCESS_SECONDS = 1800

const [url = '', poolSize = '', most = '', memoryKib = '', passes = '', lanes = ''] = process.argv.slice(2)
const sql = postgres(url, { max: Number(poolSize), onnotice: () => {} })
const refreshKey = (await generateSecret('HS256')) as CryptoKey
const { privateKey } = await generateKeyPair('ES256')
const stored = await hash('correct horse battery', {
  algorithm: 2,
  memoryCost: Number(memoryKib),
  timeCost: Number(passes),
  parallelism: Number(lanes),
})
const sessions = await Promise.all(Array.from({ length: Number(most) }, openSession))

serveTasks<BareTask>({
  hash: (load) =>
    measure(load, async () => {
      await verify(stored, 'correct horse battery')
    }),
  rotation: (load) => measure(load, (client) => rotate(sessions[client] as Session)),
})

async function openSession(): Promise<Session> {
  const userId = crypto.randomUUID()
  const id = crypto.randomUUID()
  await sql`insert into users (id, email, password_hash) values (${userId}, ${`${userId}@bare.example`}, ${stored})`
  await sql`insert into sessions (id, user_id, created_at, last_seen_at, idle_expires_at, ip)
    values (${id}, ${userId}, now(), now(), now() + make_interval(secs => ${IDLE_SECONDS}), '127.0.0.1')`
  return { id, refresh: await signRefresh({ sub: userId, session: id, generation: 1 }) }
}

/** Does one HS256 verification, the rotating statement of the core, one ES256 and one HS256 signature. */
async function rotate(session: Session): Promise<void> {
  const { payload } = await jwtVerify(session.refresh, refreshKey, {
    algorithms: ['HS256'],
    issuer: ISSUER,
    audience: REFRESH_AUDIENCE,
  })
  const [row] = await sql`
    update sessions set generation = sessions.generation + 1, rotated_at = statement_timestamp(),
      last_seen_at = statement_timestamp(),
      idle_expires_at = statement_timestamp() + make_interval(secs => ${IDLE_SECONDS}::double precision), ip = ${'127.0.0.1'}
    from users
    where sessions.id = ${payload.session as string} and sessions.generation = ${payload.generation as number}
      and users.id = sessions.user_id and users.is_active and (sessions.rotated_at is null or true)
      and sessions.idle_expires_at > statement_timestamp()
      and (sessions.absolute_expires_at is null or sessions.absolute_expires_at > statement_timestamp())
    returning sessions.user_id, sessions.id, sessions.generation, users.role, users.email_verified,
      sessions.created_at, sessions.absolute_expires_at`
  if (!row) throw new Error('A bare rotation changed nothing.')
  const subject = { sub: row.user_id, session: row.id }
  const [, refresh] = await Promise.all([
    signAccess(subject),
    signRefresh({ ...subject, generation: row.generation }),
  ])
  session.refresh = refresh
}

function claimsOf(type: string) {
  return {
    token_type: type,
    jti: crypto.randomUUID(),
    iss: ISSUER,
    session_iat: 1,
    role: 0,
    email_verified: false,
  }
}

function signAccess(subject: object): Promise<string> {
  const iat = Math.floor(Date.now() / 1000)
  return new SignJWT({ ...claimsOf('access'), ...subject, aud: ISSUER, iat, exp: iat + ACCESS_SECONDS })
    .setProtectedHeader({ alg: 'ES256', kid: 'bare', typ: 'JWT' })
    .sign(privateKey)
}

function signRefresh(subject: object): Promise<string> {
  const iat = Math.floor(Date.now() / 1000)
  return new SignJWT({
    ...claimsOf('refresh'),
    ...subject,
    aud: REFRESH_AUDIENCE,
    iat,
    exp: iat + IDLE_SECONDS,
  })
    .setProtectedHeader({ alg: 'HS256', kid: 'bare', typ: 'JWT' })
    .sign(refreshKey)
}
