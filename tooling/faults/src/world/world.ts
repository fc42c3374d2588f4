import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findFreePort, startTestNginx, startTestRedis, type TestRedis } from '@latchkey/testkit'
import { type Cluster, startCluster } from './cluster.ts'
import { composeFront } from './front.ts'
import { type Relay, startRelay } from './relay.ts'
import { type ServerProcess, startServer } from './server.ts'
import { openWire, type Wire } from './wire.ts'

/** Server processes, what they need, and a wire between each two of them. */
export interface World {
  /** The address of nginx behind the wire of the clients. */
  url: string
  servers: ServerProcess[]
  cluster: Cluster
  redis: TestRedis
  relay: Relay
  wires: {
    /** One per server. */
    database: Wire[]
    redis: Wire
    relay: Wire
    clients: Wire
  }
  /** Environment variables for the command line of the server. */
  env: Record<string, string>
  /** Makes nginx read its configuration again. */
  reloadProxy(): Promise<void>
  close(): Promise<void>
}

/** The size of a world. */
export interface WorldOptions {
  /** The build of the server. */
  program: string
  instances: number
  /** Where the logs of the servers go. */
  folder: string
  graceSeconds: number
  accessSeconds: number
  /** `SHUTDOWN_DELAY` of each server. */
  shutdownDelay: string
  /** How often the housekeeping of each server looks for work; 0 leaves it as it is. */
  tickMilliseconds: number
  env?: Record<string, string>
}

/** The pool of each server. */
export const POOL_SIZE = 10

/** Limits that no client of a run reaches: each call is counted, and none is refused. */
const COUNTED = Object.fromEntries(
  ['ANON', 'USER', 'REFRESH', 'LOGIN', 'LOGIN_EMAIL', 'MAIL'].map((name) => [
    `THROTTLE_${name}`,
    '1000000/m',
  ]),
)

/** Starts everything. What was started is closed when a later part fails. */
export async function startWorld(options: WorldOptions): Promise<World> {
  const closers: (() => Promise<unknown>)[] = []
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) await closer().catch(() => undefined)
  }
  try {
    return { ...(await openWorld(options, closers)), close }
  } catch (error) {
    await close()
    throw error
  }
}

async function openWorld(
  options: WorldOptions,
  closers: (() => Promise<unknown>)[],
): Promise<Omit<World, 'close'>> {
  async function keep<Part>(part: Part, close: (part: Part) => Promise<unknown>): Promise<Part> {
    closers.push(() => close(part))
    return part
  }
  const dataDir = await keep(await mkdtemp(join(tmpdir(), 'latchkey-run-')), (path) =>
    rm(path, { recursive: true, force: true }),
  )
  await mkdir(options.folder, { recursive: true })
  const cluster = await keep(await startCluster(), (part) => part.stop())
  const redis = await keep(await startTestRedis(), (part) => part.kill())
  const relay = await keep(await startRelay(), (part) => part.close())
  const wireTo = async (port: () => number) => keep(await openWire(port), (wire) => wire.close())
  const front = await findFreePort()
  const clients = await wireTo(() => front)
  const shared = await Promise.all([wireTo(() => Number(new URL(redis.url).port)), wireTo(() => relay.port)])
  const url = `http://127.0.0.1:${clients.port}`
  const env = composeSettings(options, { url, redis: shared[0].port, relay: shared[1].port, dataDir })
  const database: Wire[] = []
  const servers: ServerProcess[] = []
  for (let index = 0; index < options.instances; index++) {
    const wire = await wireTo(() => cluster.port)
    database.push(wire)
    const own = { ...env, DATABASE_URL: cluster.urlAt(wire.port) }
    const server = { ...options, name: `server-${index + 1}`, env: own }
    servers.push(await keep(await startServer(server), (part) => part.stop()))
  }
  const blocks = composeFront(
    front,
    servers.map(({ port }) => port),
  )
  const nginx = await keep(await startTestNginx([front], blocks), (part) => part.close())
  return {
    url,
    servers,
    cluster,
    redis,
    relay,
    wires: { database, redis: shared[0], relay: shared[1], clients },
    env: { ...env, DATABASE_URL: cluster.urlAt(cluster.port) },
    reloadProxy: () => nginx.reload(blocks),
  }
}

function composeSettings(
  options: WorldOptions,
  { url, redis, relay, dataDir }: { url: string; redis: number; relay: number; dataDir: string },
): Record<string, string> {
  return {
    SECRET_KEY: 'a secret of a run that nobody keeps, 1',
    DATA_DIR: dataDir,
    PORTAL_DIR: import.meta.dirname,
    HOST: '127.0.0.1',
    PUBLIC_URL: url,
    TRUSTED_PROXIES: '1',
    LOG_LEVEL: 'warn',
    SMTP_URL: `smtp://127.0.0.1:${relay}`,
    REDIS_URL: `redis://127.0.0.1:${redis}`,
    EMAIL_VERIFICATION: 'optional',
    DATABASE_POOL_SIZE: String(POOL_SIZE),
    REFRESH_GRACE: `${options.graceSeconds}s`,
    ACCESS_TOKEN_LIFETIME: `${options.accessSeconds}s`,
    SHUTDOWN_DELAY: options.shutdownDelay,
    // A hash is dear on purpose. The run is about what happens around it.
    PASSWORD_HASH_MEMORY_KIB: '512',
    PASSWORD_HASH_PASSES: '1',
    UV_THREADPOOL_SIZE: '8',
    FAULTS_TICK_MILLISECONDS: String(options.tickMilliseconds),
    ...COUNTED,
    ...options.env,
  }
}
