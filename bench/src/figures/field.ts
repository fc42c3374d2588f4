import { join } from 'node:path'
import type { ProtocolName } from '../callers/protocols.ts'
import { TASKS } from '../callers/tasks.ts'
import { readResidentMib } from '../processes.ts'
import type { Argon2 } from '../settings.ts'
import type { Server } from '../start-process.ts'
import { type Contender, call, NAMES, startBareHash } from './contender.ts'
import type { Cluster } from './databases.ts'
import type { Operation, Rest, Size } from './figures.ts'
import { FLOOD } from './measure-flood.ts'
import { startMeasured } from './measure-rest.ts'
import { prepareBetterAuth } from './peers.ts'
import { latchkeyOn, routeOn, type StartServer } from './servers.ts'

/** A server of the field, with those who call it. */
interface Entrant {
  name: string
  start: StartServer
  callers: { name: string; protocol: ProtocolName; operations: readonly Operation[] }[]
}

/** What runs at once during the rounds. Only one of them is measured at a time, and the others wait. */
export interface Field {
  contenders: Contender[]
  /** The servers by the names of their entrants. */
  servers: Map<string, Server>
  /** Reads the memory of the servers. Call it after the rounds. */
  readRests(): Promise<Rest[]>
  stop(): Promise<void>
}

/** What a field is made of. */
export interface FieldOptions {
  size: Size
  argon2: Argon2
  /** A folder for the files of the servers. */
  folder: string
  /** The program that serves better-auth; null leaves it out. */
  betterAuth: string | null
}

/** Starts every contender on the same PostgreSQL, each with the same number of connections, threads and callers. */
export async function startField(cluster: Cluster, options: FieldOptions): Promise<Field> {
  const { size, argon2 } = options
  const people = Math.max(size.clients, FLOOD.signingIn)
  const contenders: Contender[] = []
  const servers = new Map<string, Server>()
  const rests: Rest[] = []
  const stop = async () => {
    for (const contender of contenders) contender.stop()
    for (const server of servers.values()) await server.stop()
  }
  try {
    for (const { name, start, callers } of await listEntrants(cluster, options)) {
      const { server, rest } = await startMeasured(name, start, size.starts)
      servers.set(name, server)
      rests.push(rest)
      for (const caller of callers) contenders.push(await call(server, { ...caller, people }))
    }
    contenders.push(await startBareHash(cluster.url, { people, argon2 }))
  } catch (error) {
    await stop()
    throw error
  }
  const readRests = () =>
    Promise.all(
      rests.map(async (rest) => ({
        ...rest,
        loadedMib: await readResidentMib(servers.get(rest.contender)?.pid ?? 0),
      })),
    )
  return { contenders, servers, readRests, stop }
}

async function listEntrants(cluster: Cluster, options: FieldOptions): Promise<Entrant[]> {
  const { argon2, folder, betterAuth } = options
  const rest = (name: string) => ({ name, protocol: 'rest', operations: TASKS }) as const
  const ours: Entrant[] = [
    {
      name: NAMES.latchkey,
      start: latchkeyOn(cluster.url, { argon2, dataDir: join(folder, 'latchkey') }),
      callers: [
        rest(NAMES.latchkey),
        { name: NAMES.trpc, protocol: 'trpc', operations: ['login', 'refresh', 'user'] },
      ],
    },
    { name: NAMES.route, start: routeOn(cluster.url, argon2), callers: [rest(NAMES.route)] },
  ]
  if (betterAuth === null) return ours
  const starts = await prepareBetterAuth(cluster, { entry: betterAuth, argon2 })
  const theirs = (name: string, start: StartServer, caller: Omit<Entrant['callers'][number], 'name'>) => ({
    name,
    start,
    callers: [{ name, ...caller }],
  })
  return [
    ...ours,
    theirs(NAMES.betterAuth, starts.default, { protocol: 'better-auth', operations: TASKS }),
    theirs(NAMES.betterAuthArgon2, starts.argon2id, {
      protocol: 'better-auth-jwt',
      operations: ['login', 'registration', 'refresh'],
    }),
    theirs(NAMES.betterAuthCached, starts.cached, { protocol: 'better-auth', operations: ['user'] }),
  ]
}
