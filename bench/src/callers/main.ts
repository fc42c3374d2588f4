import { type Load, type Measurement, measure } from '../measure.ts'
import { serveTasks, type Tasks } from '../worker.ts'
import type { Protocol } from './person.ts'
import { PROTOCOLS, type ProtocolName } from './protocols.ts'
import { type Caller, type CallTask, perform, TASKS } from './tasks.ts'

/** The options of the process of the callers, as JSON in its first argument. */
export interface CallerOptions {
  protocol: ProtocolName
  port: number
  /** The first part of the addresses of the people who are signed up. */
  group: string
  /** How many people call at most, at once. */
  people: number
  /** Addresses of stored users who call in place of new ones. They may be more than call at once. */
  stored?: string[]
}

const { protocol, port, group, people, stored } = JSON.parse(process.argv[2] ?? '{}') as CallerOptions
const calls: Protocol = PROTOCOLS[protocol]
/** Addresses differ between the processes of a run, which may share a database. */
const run = crypto.randomUUID().slice(0, 8)
let signedUp = 0
const callers = await enterAll(
  stored ?? Array.from({ length: people }, newEmail),
  stored ? calls.signIn : calls.signUp,
)

serveTasks(Object.fromEntries(TASKS.map((task) => [task, (load) => repeat(task, load)])) as Tasks<CallTask>)

/** Each client goes round its own people, so that no person makes two calls at once. */
function repeat(task: CallTask, load: Load): Promise<Measurement> {
  const turns = new Array<number>(load.clients).fill(0)
  return measure(load, (client) => {
    const own = Math.floor((callers.length - client - 1) / load.clients) + 1
    const turn = turns[client] ?? 0
    turns[client] = turn + 1
    return perform(task, callers[client + (turn % own) * load.clients] as Caller)
  })
}

async function enterAll(emails: string[], enter: Protocol['signUp']): Promise<Caller[]> {
  return Promise.all(emails.map(async (email) => ({ person: await enter(port, email), newEmail, mixed: 0 })))
}

function newEmail(): string {
  return `${group}-${run}-${signedUp++}@example.com`
}
