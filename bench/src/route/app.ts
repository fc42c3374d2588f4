import { hash, type Options, verify } from '@node-rs/argon2'
import { type Context, Hono } from 'hono'
import type { Sql } from 'postgres'
import { findCredentials, findUser, insertSession, insertUser, rotateSession } from './statements.ts'
import { type Subject, signTokens, verifyAccess, verifyRefresh } from './tokens.ts'

/**
 * Makes the hand-written route: four paths of Latchkey, with its statements and its tokens, and nothing else.
 *
 * It has no throttle, no log, no rules for fields, no grace and no headers of security. Its sign-in stores no known network
 * and counts no other sessions. It shows what the rest costs.
 *
 * @param argon2 - the parameters of Argon2id
 */
export function createRoute(sql: Sql, argon2: Options): Hono {
  const app = new Hono()
  app.get('/readyz', (c) => c.text('ready'))
  app.post('/login/', async (c) => {
    const { email, password } = await c.req.json()
    const user = await findCredentials(sql, email)
    if (!user || !(await verify(user.passwordHash, password))) return refuse(c)
    return answer(c, await insertSession(sql, user))
  })
  app.post('/registration/', async (c) => {
    const { email, password1 } = await c.req.json()
    const user = { id: crypto.randomUUID(), email, passwordHash: await hash(password1, argon2) }
    const session = await sql.begin(async (tx) =>
      (await insertUser(tx, user)) ? insertSession(tx, { id: user.id, epoch: 0 }) : undefined,
    )
    return answer(c, session)
  })
  app.post('/refresh/', async (c) => {
    const { refresh } = await c.req.json()
    return answer(c, await rotateSession(sql, await verifyRefresh(refresh)))
  })
  app.get('/user/', async (c) => {
    const token = c.req.header('Authorization')?.slice('Bearer '.length) ?? ''
    const user = await findUser(sql, await verifyAccess(token))
    return user ? c.json(user) : refuse(c)
  })
  app.onError((_error, c) => refuse(c))
  return app
}

async function answer(c: Context, session: Subject | undefined): Promise<Response> {
  return session ? c.json(await signTokens(session)) : refuse(c)
}

function refuse(c: Context): Response {
  return c.json({ code: 'refused' }, 401)
}
