import { setTimeout as sleep } from 'node:timers/promises'
import type { Person, Town } from './person.ts'
import { readStolen } from './stolen-token.ts'

/** A session whose theft must have come to light. It must be gone at the end of the run. */
export interface Theft {
  sessionId: string
  how: 'late' | 'first'
}

const MARGIN_MILLISECONDS = 1500
const PAUSE_MILLISECONDS = 500
const TRIES = 40

/**
 * Steals refresh tokens and presents them until the town closes.
 *
 * A late thief presents a token that its owner has replaced twice. A thief who comes first rotates the session while its
 * owner is away, and the owner presents the replaced token afterwards. A thief of a bound session has no key, gets nothing,
 * and disturbs nobody.
 *
 * @returns the thefts that came to light
 */
export async function steal(town: Town, people: Person[]): Promise<Theft[]> {
  const thefts: Theft[] = []
  while (!town.isClosing()) {
    const owner = town.random.pick(people)
    if (owner.door.kind === 'bound') {
      await stealBound(town, owner)
      await pauseIn(town, PAUSE_MILLISECONDS)
      continue
    }
    const how = town.random.pick(['late', 'late', 'first'] as const)
    const sessionId = await (how === 'late' ? stealLate(town, owner) : stealFirst(town, owner))
    if (sessionId !== null) {
      thefts.push({ sessionId, how })
      town.ledger.acts.count(`theft_${how}`)
    }
    await pauseIn(town, PAUSE_MILLISECONDS)
  }
  return thefts
}

/**
 * Presents the token of a bound session without its key. It must be refused, and a sign-out of the owner that follows is
 * a finding, because no theft is on record.
 */
export async function stealBound(
  town: Pick<Town, 'url' | 'fetch' | 'ledger'>,
  owner: Pick<Person, 'name' | 'observed'>,
): Promise<void> {
  const stolen = readStolen(owner.observed.held())
  if (!stolen) return
  const answer = await present(town, stolen.token)
  if (answer === 'refused') town.ledger.acts.count('theft_bound_refused')
  else if (answer !== 'undecided')
    town.ledger.finding('bound_session_robbed', `the token of ${owner.name} worked without its key`)
}

async function stealLate(town: Town, owner: Person): Promise<string | null> {
  const stolen = readStolen(owner.observed.held())
  if (!stolen) return null
  for (;;) {
    if (town.isClosing()) return null
    await sleep(PAUSE_MILLISECONDS)
    const now = readStolen(owner.observed.held())
    if (now?.session !== stolen.session) return null
    if (now.generation >= stolen.generation + 2) break
  }
  // An owner whose session ends from here on was robbed.
  owner.ending = 'theft'
  return (await present(town, stolen.token)) === 'refused' ? stolen.session : null
}

async function stealFirst(town: Town, owner: Person): Promise<string | null> {
  const graceMilliseconds = town.graceSeconds * 1000 + MARGIN_MILLISECONDS
  const pause = Promise.withResolvers<void>()
  owner.pause = pause.promise
  try {
    while (!owner.isPaused) {
      if (town.isClosing()) return null
      await sleep(PAUSE_MILLISECONDS)
    }
    const stolen = readStolen(owner.observed.held())
    // The grace of the last rotation must be over, else the thief gets the tokens that the owner has.
    await pauseIn(town, graceMilliseconds)
    if (!stolen || town.isClosing()) return null
    owner.ending = 'theft'
    const answer = await present(town, stolen.token)
    if (typeof answer === 'string') return null
    await pauseIn(town, graceMilliseconds)
    if (town.isClosing()) return null
    if ((await present(town, stolen.token)) !== 'refused') return null
    if ((await present(town, answer.refresh)) !== 'refused')
      town.ledger.finding('thief_lives_on', `the session of ${owner.name} after its theft came to light`)
    return stolen.session
  } finally {
    owner.pause = null
    pause.resolve()
  }
}

/** Presents a stolen token until the server decides. */
export async function present(
  town: Pick<Town, 'url' | 'fetch'>,
  refresh: string,
): Promise<{ refresh: string } | 'refused' | 'undecided'> {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const call = {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ refresh }),
    }
    const answer = await town.fetch(`${town.url}/refresh/`, call).catch(() => null)
    const body = await answer?.json().catch(() => null)
    if (answer?.status === 401) return 'refused'
    if (answer?.ok && body) return body as { refresh: string }
    await sleep(PAUSE_MILLISECONDS)
  }
  return 'undecided'
}

async function pauseIn(town: Town, milliseconds: number): Promise<void> {
  for (const until = performance.now() + milliseconds; performance.now() < until && !town.isClosing(); )
    await sleep(Math.min(PAUSE_MILLISECONDS, milliseconds))
}
