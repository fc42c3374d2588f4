import { setTimeout as sleep } from 'node:timers/promises'
import { ACTS, judgeRefusal } from './acts.ts'
import { Failure } from './failure.ts'
import type { Person } from './person.ts'
import { enter, judgeSignOut } from './sign-in.ts'

const AFTER_FAILURE_MILLISECONDS = 300

/**
 * Lets a person act until the town closes.
 *
 * @param pauseMilliseconds - the mean pause between two acts
 */
export async function live(person: Person, pauseMilliseconds: number): Promise<void> {
  const { town, door } = person
  while (!town.isClosing()) {
    if (person.pause) {
      person.isPaused = true
      await person.pause
      person.isPaused = false
    }
    if (!door.isSignedIn()) {
      judgeSignOut(person)
      await enter(person)
      if (!door.isSignedIn()) await sleep(AFTER_FAILURE_MILLISECONDS)
    } else await actOnce(person)
    await sleep(town.random.next() * 2 * pauseMilliseconds)
  }
}

async function actOnce(person: Person): Promise<void> {
  const { town } = person
  let left = town.random.int(1, 1000)
  const act = ACTS.find(({ share }) => {
    left -= share
    return left <= 0
  })
  if (!act) return
  town.ledger.acts.count(act.name)
  await attempt(person, act.name, () => act.work(person))
}

/** Does one thing, and judges its failure. */
export async function attempt(person: Person, name: string, work: () => Promise<void>): Promise<boolean> {
  try {
    await work()
    return true
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    judgeRefusal(person, name, error)
    return false
  }
}
