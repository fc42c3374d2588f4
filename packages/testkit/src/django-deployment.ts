import { readFile } from 'node:fs/promises'
import { loadDjangoDump } from './django-dump.ts'
import { type DjangoClaims, readDjangoClaims, signDjangoToken } from './django-tokens.ts'
import { createTestDatabase, type TestDatabase } from './test-database.ts'

const FIXTURES = new URL('../fixtures/django/', import.meta.url)

/** The time at which the tokens of the fixture were issued. */
const ISSUED_SECONDS = 1_795_373_558

/** The password of every user of the fixture. */
export const DJANGO_PASSWORD = 'Val1d-Passw0rd!'

/** A pair that a client of the old deployment holds, and the name of its user. */
export interface DjangoTokens {
  user: string
  access: string
  refresh: string
}

/** A password with the hash that Django made of it. */
export interface DjangoHash {
  algorithm: string
  password: string
  encoded: string
}

/**
 * Makes a database of django-jwt-allauth 1.5.1: the users ada (1), grace (2, staff) and edsger (3, unverified), and two
 * live sessions each of ada and grace.
 *
 * @param options.liveAt - sessions as if they had begun then, in seconds; those of the dump unless given
 */
export async function createDjangoDatabase(options: { liveAt?: number } = {}): Promise<TestDatabase> {
  const database = await createTestDatabase({ empty: true })
  await loadDjangoDump(database.url)
  if (options.liveAt !== undefined) {
    await database.sql`
      update jwt_allauth_refreshtokenwhitelistmodel
      set created = created + ${`${options.liveAt - ISSUED_SECONDS} seconds`}::interval`
  }
  return database
}

/** The hashes of Django 5.2's own hashers. The password of an unusable hash is empty. */
export async function listDjangoHashes(): Promise<DjangoHash[]> {
  const lines = (await readFixture('django-hashes.txt')).split('\n')
  return lines.flatMap((line) => {
    const [algorithm = '', password = '', encoded] = line.split(' | ')
    return encoded === undefined || line.startsWith('#') ? [] : [{ algorithm, password, encoded }]
  })
}

/**
 * The four pairs that the clients of the fixture hold, signed by `DJANGO_SECRET_KEY`.
 *
 * @param options.liveAt - issued then, in seconds; at the time of the fixture unless given
 */
export async function listLiveTokens(options: { liveAt?: number } = {}): Promise<DjangoTokens[]> {
  const later = (options.liveAt ?? ISSUED_SECONDS) - ISSUED_SECONDS
  const renew = (token: string) => signDjangoToken(moveClaims(readDjangoClaims(token), later))
  const lines = (await readFixture('live-tokens.txt')).split('\n').filter(Boolean)
  return lines.map((line) => {
    const pair: DjangoTokens = JSON.parse(line.slice(line.indexOf('{')))
    return { user: line.split(' ')[0] ?? '', access: renew(pair.access), refresh: renew(pair.refresh) }
  })
}

function moveClaims(claims: DjangoClaims, seconds: number): DjangoClaims {
  const moved = { ...claims, exp: claims.exp + seconds, iat: claims.iat + seconds }
  return claims.session_iat === undefined ? moved : { ...moved, session_iat: claims.session_iat + seconds }
}

function readFixture(name: string): Promise<string> {
  return readFile(new URL(name, FIXTURES), 'utf8')
}
