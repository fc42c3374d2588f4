import { createHash } from 'node:crypto'
import type { ImportOptions } from '../../src/imports/options.ts'
import type { Source, SourceSession, SourceUser } from '../../src/imports/records.ts'
import { DAY_SECONDS } from '../../src/words/time.ts'

/** A deployment that a test makes up and changes between two runs. */
export interface MadeUpSource extends Source {
  people: SourceUser[]
  live: SourceSession[]
}

/** The default options of a run. */
export const RUN: ImportOptions = {
  dryRun: false,
  final: false,
  withSessions: true,
  refreshLifetimeSeconds: 90 * DAY_SECONDS,
  unverified: 'account',
  mfa: 'keep',
  weak: 'stop',
  adopt: false,
  replaceUnproven: false,
  acceptDuplicates: false,
  acceptTaken: false,
  acceptMissing: false,
}

const BATCH = 1000

/** A PBKDF2 hash as Django writes it. Nobody has its password. */
export const DJANGO_HASH = `pbkdf2_sha256$1000$salt$${createHash('sha256').update('x').digest('base64')}`

/** Makes up a deployment of some users with whole numbers as keys. */
export function makeUpSource(people: Partial<SourceUser>[], rest: Partial<MadeUpSource> = {}): MadeUpSource {
  const source: MadeUpSource = {
    kind: 'django',
    name: 'made-up',
    keyType: 'integer',
    people: people.map(makeUpUser),
    live: [],
    count: async () => ({ users: source.people.length, sessions: source.live.length }),
    users: () => inBatches(source.people),
    sessions: () => inBatches(source.live),
    facts: async () => ({}),
    close: async () => {},
    ...rest,
  }
  return source
}

/** Makes up a user; the key is the place in the list, from 1. */
export function makeUpUser(given: Partial<SourceUser>, index = 0): SourceUser {
  const oldId = given.oldId ?? String(index + 1)
  return {
    oldId,
    email: `user${oldId}@example.com`,
    emailVerified: true,
    firstName: 'Ada',
    lastName: 'Lovelace',
    role: 0,
    isActive: true,
    createdAt: new Date('2024-03-01T10:00:00.123Z'),
    lastLogin: null,
    passwordHash: DJANGO_HASH,
    passwordForm: 1,
    remarks: [],
    totp: null,
    recoveryCodes: null,
    ...given,
  }
}

/** Makes up a live session of a user. */
export function makeUpSession(oldUserId: string, given: Partial<SourceSession> = {}): SourceSession {
  const digits = createHash('md5')
    .update(`${oldUserId} ${given.jti ?? ''}`)
    .digest('hex')
  return {
    sessionId: digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'),
    jti: createHash('md5').update(digits).digest('hex'),
    oldUserId,
    createdAt: new Date(),
    ip: '192.0.2.7',
    browser: 'Firefox',
    os: 'Linux',
    device: null,
    ...given,
  }
}

async function* inBatches<Item>(items: Item[]): AsyncGenerator<Item[]> {
  for (let from = 0; from < items.length; from += BATCH) yield items.slice(from, from + BATCH)
}
