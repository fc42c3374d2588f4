import type { TestDatabase } from '@latchkey/testkit'

export const PASSWORD = 'correct horse battery'
const SUPERUSER = 900

/** A user whose screens are photographed. */
export interface Person {
  email: string
  first: string
  last: string
  role?: number
  isUnverified?: boolean
  /** The accounts that are connected: the provider, and how it names the account. */
  connections?: readonly (readonly [provider: string, uid: string])[]
}

const LONG = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft'

/** Users who are ordinary, powerful, long, written from right to left, and not verified. */
export const PEOPLE = {
  ada: {
    email: 'ada@example.com',
    first: 'Ada',
    last: 'Lovelace',
    connections: [
      ['google', '108204268033311374519'],
      ['github', '583231'],
      // The settings name this provider no more.
      ['former', 'ada'],
    ],
  },
  staff: { email: 'grace@example.com', first: 'Grace', last: 'Hopper', role: SUPERUSER },
  long: {
    email: `${LONG.slice(0, 60).toLowerCase().replace('ä', 'ae')}@${'example-'.repeat(6)}domain.com`,
    first: LONG,
    last: LONG,
    connections: [
      ['acme', LONG.repeat(3)],
      ['former-'.repeat(9), LONG],
    ],
  },
  arabic: { email: 'shahrazad@example.com', first: 'شهرزاد', last: 'بنت عبد الرحمن (Basra)' },
  unverified: { email: 'alan@example.com', first: 'Alan', last: 'Turing', isUnverified: true },
} satisfies Record<string, Person>

/**
 * Signs all of them up, at a server that wants no verification.
 *
 * @returns the id of each
 */
export async function signUpPeople(
  url: string,
  { sql }: TestDatabase,
): Promise<Record<keyof typeof PEOPLE, string>> {
  const ids: [string, string][] = []
  for (const [name, person] of Object.entries<Person>(PEOPLE)) {
    const { email, first, last, role = 0, isUnverified = false, connections = [] } = person
    const fields = { email, password1: PASSWORD, password2: PASSWORD, first_name: first, last_name: last }
    const headers = { 'Content-Type': 'application/json' }
    const answer = await fetch(`${url}/registration/`, {
      method: 'POST',
      headers,
      body: JSON.stringify(fields),
    })
    if (!answer.ok) throw new Error(`${name} could not sign up: ${await answer.text()}`)
    const [row] = await sql`update users set role = ${role}, email_verified = ${!isUnverified}
      where email = ${email} returning id`
    ids.push([name, String(row?.id)])
    for (const [provider, uid] of connections)
      await sql`insert into connections (id, user_id, provider, uid, created_at, last_login)
        values (gen_random_uuid(), ${row?.id}, ${provider}, ${uid}, now(), now())`
  }
  return Object.fromEntries(ids) as Record<keyof typeof PEOPLE, string>
}
