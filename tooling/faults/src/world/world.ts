import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findFreePort, startTestNginx, startTestRedis, type TestRedis } from '@latchkey/testkit'
import { type Cluster, startCluster } from './cluster.ts'
import { composeFront } from './front.ts'
import { type Relay, startRelay } from './relay.ts'
import { type ServerProcess, startServer } from './server.ts'
import { openWire, type Wire } from './wire.ts'
import { composeSettings, type WorldOptions } from './world-settings.ts'

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

const SIGNALS = ['SIGINT', 'SIGTERM'] as const

/** Starts everything. What was started is closed when a later part fails. */
export async function startWorld(options: WorldOptions): Promise<World> {
  const closers: (() => Promise<unknown>)[] = []
  const interrupt = () => void close().finally(() => process.exit(1))
  const close = async () => {
    for (const signal of SIGNALS) process.off(signal, interrupt)
    for (const closer of closers.splice(0).reverse()) await closer().catch(() => undefined)
  }
  for (const signal of SIGNALS) process.once(signal, interrupt)
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
