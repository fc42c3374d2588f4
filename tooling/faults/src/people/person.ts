import { setTimeout as sleep } from 'node:timers/promises'
import { newEmail } from '@latchkey/testkit'
import type { Ledger } from '../ledger/ledger.ts'
import type { Random } from '../random.ts'
import type { Relay, RelayMail } from '../world/relay.ts'
import { openClientDoor } from './client-door.ts'
import type { Door } from './door.ts'
import type { MailBook } from './mail-book.ts'
import { type ObservedFetch, observeFetch } from './observed-fetch.ts'
import { openRestDoor } from './rest-door.ts'
import { createUncertain, type Uncertain } from './uncertain.ts'

/** What the people of a run share. */
export interface Town {
  url: string
  /** The `fetch` of thieves and of probes. Its calls are judged too: a server owes them an answer, and no 500. */
  fetch: typeof fetch
  relay: Pick<Relay, 'mails'>
  ledger: Ledger
  book: MailBook
  random: Random
  graceSeconds: number
  /** True once the people must come to an end. */
  isClosing(): boolean
}

/** An honest user with one client. */
export interface Person {
  name: string
  town: Town
  door: Door
  observed: ObservedFetch
  email: Uncertain<string>
  password: Uncertain<string>
  firstName: Uncertain<string>
  /** Whether the account exists for certain. */
  isRegistered: boolean
  /** Counts the sign-ins. */
  sessions: number
  isInSession: boolean
  /** Why the session may have ended without the client: an act of the person, or a theft that came to light. */
  ending: 'own_act' | 'theft' | null
  /** A thief makes the person wait. */
  pause: Promise<void> | null
  /** Whether the person is between two acts, because of a pause. */
  isPaused: boolean
}

let persons = 0

/** Creates a person who has not signed up. */
export function createPerson(town: Town, kind: Door['kind']): Person {
  const name = `${kind}-${++persons}`
  const observed = observeFetch(name, town.ledger)
  const door =
    kind === 'rest'
      ? openRestDoor(town.url, observed.fetch)
      : openClientDoor({ kind, url: town.url, fetch: observed.fetch, graceSeconds: town.graceSeconds })
  return {
    name,
    town,
    door,
    observed,
    email: createUncertain(newEmail()),
    password: createUncertain(newPassword()),
    firstName: createUncertain('Ada'),
    isRegistered: false,
    sessions: 0,
    isInSession: false,
    ending: null,
    pause: null,
    isPaused: false,
  }
}

/** Makes a password that keeps every rule. */
export function newPassword(): string {
  return `horse ${crypto.randomUUID()}`
}

const MAIL_MILLISECONDS = 60_000
const LOOK_MILLISECONDS = 100

/** Waits for a mail that was asked for at this time. Null when it does not come while the person waits. */
export async function waitForMail(
  { town }: Person,
  wanted: { to: string; kind: RelayMail['kind']; since: number },
): Promise<RelayMail | null> {
  for (const until = performance.now() + MAIL_MILLISECONDS; performance.now() < until; ) {
    const mail = town.relay.mails.findLast(
      ({ to, kind, at }) => to === wanted.to && kind === wanted.kind && at >= wanted.since,
    )
    if (mail) return mail
    if (town.isClosing()) return null
    await sleep(LOOK_MILLISECONDS)
  }
  return null
}
