import { setTimeout as sleep } from 'node:timers/promises'
import { auditPeople } from './checks/audit-people.ts'
import { checkLeaks, type LeakFigures } from './checks/check-leaks.ts'
import { checkMails, type MailFigures } from './checks/check-mails.ts'
import { drainMail } from './checks/drain-mail.ts'
import { findLivingThefts } from './checks/find-living-thefts.ts'
import { chooseKinds, type KindOptions } from './faults/choose-kinds.ts'
import type { FaultKind } from './faults/fault-kind.ts'
import { injectFaults } from './faults/inject.ts'
import { type Crowd, gatherPeople } from './gather-people.ts'
import { type Ledger, RECOVERY_MILLISECONDS } from './ledger/ledger.ts'
import { steal, type Theft } from './people/thief.ts'
import { createRandom } from './random.ts'
import { startWorld, type World } from './world/world.ts'

/** What a run of faults is to be like. */
export interface FaultRunOptions extends KindOptions {
  folder: string
  /** How long faults are injected; each kind once when it is null. */
  seconds: number | null
  seed: number
  instances: number
  /** How many people use each of the three clients. */
  peoplePerDoor: number
  thieves: number
  graceSeconds: number
  standing: [number, number]
  pause: [number, number]
  report(line: string): void
}

/** What a run of faults has come to. */
export interface FaultRun {
  seed: number
  instances: number
  seconds: number | null
  ledger: Ledger
  thefts: Theft[]
  mails: MailFigures
  leaks: LeakFigures
  starts: Record<string, number>
}

const ACCESS_SECONDS = 20
const TICK_MILLISECONDS = 2000
const ACT_PAUSE_MILLISECONDS = 150
/** After the faults people act on, without one that could explain what fails: a server must be whole again. */
const CALM_MILLISECONDS = 5000

/** Starts a world, lets people and thieves use it while it breaks, and checks what they have seen. */
export async function runFaults(options: FaultRunOptions): Promise<FaultRun> {
  const kinds = chooseKinds(options)
  const world = await startWorld({
    ...options,
    accessSeconds: ACCESS_SECONDS,
    shutdownDelay: '1s',
    tickMilliseconds: TICK_MILLISECONDS,
  })
  try {
    const possible = kinds.filter((kind) => kind.isPossible?.(world) ?? true)
    return await runIn(world, possible, options)
  } finally {
    await world.close()
  }
}

async function runIn(world: World, kinds: FaultKind[], options: FaultRunOptions): Promise<FaultRun> {
  const crowd = gatherPeople(world, { ...options, pauseMilliseconds: ACT_PAUSE_MILLISECONDS })
  const { town, people, ledger } = crowd
  const thieves = Array.from({ length: options.thieves }, () => steal(town, people))
  const until = performance.now() + (options.seconds ?? 0) * 1000
  await injectFaults({
    ...options,
    ...{ world, ledger, random: createRandom(options.seed) },
    kinds,
    isOver: (injected) => (options.seconds === null ? injected >= kinds.length : performance.now() >= until),
  })
  await sleep(RECOVERY_MILLISECONDS + CALM_MILLISECONDS)
  await crowd.close()
  const thefts = (await Promise.all(thieves)).flat()
  return check(world, crowd, thefts, options)
}

async function check(
  world: World,
  { ledger, people, book }: Crowd,
  thefts: Theft[],
  options: FaultRunOptions,
): Promise<FaultRun> {
  await auditPeople(people)
  for (const theft of await findLivingThefts(world, thefts))
    ledger.finding('thief_lives_on', `the session of a theft of the kind "${theft.how}" still exists`)
  await drainMail(options.program, world, ledger)
  const mails = checkMails(ledger, world.relay.mails, book.asked())
  for (const server of world.servers) {
    if (server.ownEnds() > 0)
      ledger.finding('server_ended', `${server.name} ended ${server.ownEnds()} times by itself`)
  }
  const leaks = await checkLeaks(ledger, world)
  const starts = Object.fromEntries(world.servers.map((server) => [server.name, server.starts()]))
  const { seed, instances, seconds } = options
  return { seed, instances, seconds, ledger, thefts, mails, leaks, starts }
}
