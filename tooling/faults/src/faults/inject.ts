import { setTimeout as sleep } from 'node:timers/promises'
import { waitUntil } from '@latchkey/testkit'
import type { Ledger } from '../ledger/ledger.ts'
import type { Random } from '../random.ts'
import type { World } from '../world/world.ts'
import type { FaultKind, StandingFault } from './fault-kind.ts'

/** How faults are injected. */
export interface InjectOptions {
  world: World
  ledger: Ledger
  random: Random
  kinds: FaultKind[]
  /** How long a fault stands, from and to, in milliseconds. */
  standing: [number, number]
  /** The pause after a recovery, from and to, in milliseconds. */
  pause: [number, number]
  /** @param injected - the number of faults so far */
  isOver(injected: number): boolean
  /** Hears of each fault after its recovery. */
  report(line: string): void
}

/** A server that is not ready so long after its fault does not recover by itself. */
const RECOVERY_MILLISECONDS = 90_000
/** Of so many rounds one has two faults at once. */
const ROUNDS_PER_PAIR = 3

/** Injects faults until it is over: each kind once in a random order, then again in another order. */
export async function injectFaults(options: InjectOptions): Promise<void> {
  const { random, kinds } = options
  let waiting: FaultKind[] = []
  const next = () => {
    if (waiting.length === 0) waiting = random.shuffle(kinds)
    return waiting.pop()
  }
  let injected = 0
  for (let round = 1; !options.isOver(injected); round++) {
    const count = round % ROUNDS_PER_PAIR === 0 ? 2 : 1
    const chosen = Array.from({ length: count }, next).filter((kind) => kind !== undefined)
    injected += chosen.length
    await Promise.all(chosen.map((kind) => injectOne(options, kind)))
    await sleep(random.int(...options.pause))
  }
}

async function injectOne(options: InjectOptions, kind: FaultKind): Promise<void> {
  const { world, ledger, random } = options
  const milliseconds = random.int(...options.standing)
  const entry = ledger.beginFault(kind.name, '')
  try {
    const fault = await kind.begin(world, random, milliseconds)
    entry.target = fault.target
    if (fault.isStanding !== false) await sleep(milliseconds)
    await endSurely(fault, ledger)
  } catch (error) {
    // A fault that another one makes impossible, such as a command without its database.
    ledger.exceptions.count('fault_not_possible')
    entry.target = `${entry.target} (not possible: ${String(error).split('\n')[0]?.slice(0, 100)})`
  }
  entry.to = performance.now()
  await awaitRecovery(options, kind.name)
  entry.recoveredAt = performance.now()
  const seconds = (at: number) => `${((at - entry.from) / 1000).toFixed(1)} s`
  options.report(
    `${kind.name} (${entry.target}): stood ${seconds(entry.to)}, all ready after ${seconds(entry.recoveredAt)}`,
  )
}

/** A fault whose end needs what another fault has taken away is ended when that is back. */
async function endSurely(fault: StandingFault, ledger: Ledger): Promise<void> {
  const end = () =>
    fault.end().then(
      () => true,
      () => false,
    )
  await waitUntil(end, 'the end of the fault', RECOVERY_MILLISECONDS).catch(() =>
    ledger.finding('fault_not_ended', fault.target),
  )
}

async function awaitRecovery({ world, ledger }: InjectOptions, kind: string): Promise<void> {
  const areReady = async () =>
    (await Promise.all(world.servers.map((server) => server.isReady()))).every(Boolean)
  await waitUntil(areReady, 'every server to be ready', RECOVERY_MILLISECONDS).catch(() =>
    ledger.finding('not_recovered', `a server is not ready ${RECOVERY_MILLISECONDS / 1000} s after ${kind}`),
  )
}
