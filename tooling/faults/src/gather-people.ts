import { createLedger, type Ledger } from './ledger/ledger.ts'
import { live } from './people/live.ts'
import { createMailBook, type MailBook } from './people/mail-book.ts'
import { observeFetch } from './people/observed-fetch.ts'
import { createPerson, type Person, type Town } from './people/person.ts'
import { createRandom } from './random.ts'
import type { World } from './world/world.ts'

/** People who use a world, and what they and the run have seen. */
export interface Crowd {
  ledger: Ledger
  book: MailBook
  town: Town
  people: Person[]
  /** Lets the people finish what they do. */
  close(): Promise<void>
}

/** How many people there are, and how fast they act. */
export interface CrowdOptions {
  /** How many people use each of the three clients. */
  peoplePerDoor: number
  graceSeconds: number
  seed: number
  /** The mean pause between two acts of a person. */
  pauseMilliseconds: number
}

/** Lets people use a world until they are told to end. */
export function gatherPeople(world: World, options: CrowdOptions): Crowd {
  const [ledger, book] = [createLedger(), createMailBook()]
  let isClosing = false
  const town: Town = {
    url: world.url,
    fetch: observeFetch('stranger', ledger).fetch,
    relay: world.relay,
    ledger,
    book,
    random: createRandom(options.seed + 1),
    graceSeconds: options.graceSeconds,
    isClosing: () => isClosing,
  }
  const people = Array.from({ length: options.peoplePerDoor }).flatMap(() => [
    createPerson(town, 'client'),
    createPerson(town, 'bound'),
    createPerson(town, 'rest'),
  ])
  const lives = people.map((person) => live(person, options.pauseMilliseconds))
  return {
    ledger,
    book,
    town,
    people,
    close: async () => {
      isClosing = true
      await Promise.all(lives)
    },
  }
}
