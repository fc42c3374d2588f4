import { setTimeout as sleep } from 'node:timers/promises'
import { read } from '../people/acts.ts'
import { attempt } from '../people/live.ts'
import type { Person } from '../people/person.ts'
import { enter, judgeSignOut } from '../people/sign-in.ts'

const TRIES = 60
const PAUSE_MILLISECONDS = 500

/**
 * Looks at every person once more when all faults are over: the session goes on, or its end has a cause in the record;
 * the acknowledged password signs in; what was written is there.
 */
export async function auditPeople(people: Person[]): Promise<void> {
  for (const person of people) {
    const { door, town, name } = person
    if (door.isSignedIn()) await persist(person, 'last_read', () => read(person))
    if (!door.isSignedIn()) judgeSignOut(person)
    for (let tries = 0; tries < TRIES && !door.isSignedIn(); tries++) {
      await enter(person)
      if (!door.isSignedIn()) await sleep(PAUSE_MILLISECONDS)
    }
    if (!door.isSignedIn()) town.ledger.finding('cannot_sign_in', `${name} after all faults`)
    else await persist(person, 'read_after_sign_in', () => read(person))
  }
}

async function persist(person: Person, name: string, work: () => Promise<void>): Promise<void> {
  for (let tries = 0; tries < TRIES && person.door.isSignedIn(); tries++) {
    if (await attempt(person, name, work)) return
    await sleep(PAUSE_MILLISECONDS)
  }
}
