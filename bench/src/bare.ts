import { hash, verify } from '@node-rs/argon2'
import postgres from 'postgres'
import { measure } from './measure.ts'
import { insertSession, insertUser, rotateSession } from './route/statements.ts'
import { signTokens, verifyRefresh } from './route/tokens.ts'
import { serveTasks } from './worker.ts'

/** The work that every server must do, in a bare loop without a server. */
export type BareTask = 'hash' | 'rotation'

/** The options of the process, as JSON in its first argument. */
export interface BareOptions {
  url: string
  poolSize: number
  /** How many loops run at most. */
  most: number
  argon2: { algorithm: number; memoryCost: number; timeCost: number; parallelism: number }
}

const { url, poolSize, most, argon2 } = JSON.parse(process.argv[2] ?? '{}') as BareOptions
const sql = postgres(url, { max: poolSize, onnotice: () => {} })
const stored = await hash('correct horse battery', argon2)
const refreshTokens = await Promise.all(Array.from({ length: most }, openSession))

serveTasks<BareTask>({
  hash: (load) =>
    measure(load, async () => {
      await verify(stored, 'correct horse battery')
    }),
  rotation: (load) => measure(load, rotate),
})

async function openSession(): Promise<string> {
  const id = crypto.randomUUID()
  await insertUser(sql, { id, email: `${id}@bare.example`, passwordHash: stored })
  const session = await insertSession(sql, { id, epoch: 0 })
  if (!session) throw new Error('A bare session was not stored.')
  return (await signTokens(session)).refresh
}

/** Does one HS256 verification, the rotating statement of the core, one ES256 and one HS256 signature. */
async function rotate(client: number): Promise<void> {
  const session = await rotateSession(sql, await verifyRefresh(refreshTokens[client] ?? ''))
  if (!session) throw new Error('A bare rotation changed nothing.')
  refreshTokens[client] = (await signTokens(session)).refresh
}
