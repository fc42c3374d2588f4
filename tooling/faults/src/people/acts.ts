import { newEmail } from '@latchkey/testkit'
import type { Failure } from './failure.ts'
import { newPassword, type Person, waitForMail } from './person.ts'
import { isRefusedElsewhere } from './probe.ts'
import { begin, end } from './sign-in.ts'

/** What a signed-in person does, and how often among a thousand acts. */
export const ACTS: { name: string; share: number; work(person: Person): Promise<void> }[] = [
  { name: 'read', share: 520, work: read },
  { name: 'refresh', share: 320, work: ({ door }) => door.refresh() },
  { name: 'rename', share: 100, work: rename },
  { name: 'list_sessions', share: 48, work: async ({ door }) => void (await door.countSessions()) },
  { name: 'sign_out', share: 3, work: signOut },
  { name: 'change_password', share: 2, work: changePassword },
  { name: 'reset_password', share: 4, work: resetPassword },
  { name: 'change_address', share: 3, work: changeAddress },
]

/** Reads the own user. It must be what the server has acknowledged. */
export async function read(person: Person): Promise<void> {
  const { door, firstName, email, town, name } = person
  const [names, addresses] = [firstName.candidates(), email.candidates()]
  const user = await door.read()
  // What was written while the answer was on its way counts too.
  const isName = names.includes(user.first_name) || firstName.has(user.first_name)
  const isAddress = addresses.includes(user.email) || email.has(user.email)
  if (!isName)
    town.ledger.finding('write_lost', `${name}: the name is ${user.first_name}, not ${names.join(' or ')}`)
  if (!isAddress)
    town.ledger.finding('write_lost', `${name}: the address is ${user.email}, not ${addresses.join(' or ')}`)
}

async function rename({ door, firstName }: Person): Promise<void> {
  const next = `Ada ${crypto.randomUUID().slice(0, 8)}`
  firstName.expect(next)
  await door.rename(next)
  firstName.settle(next)
}

async function signOut(person: Person): Promise<void> {
  const token = person.observed.held()
  person.ending = 'own_act'
  await person.door.signOut()
  end(person)
  if (token === null) return
  if ((await isRefusedElsewhere(person, '/refresh/', { refresh: token })) === false)
    person.town.ledger.finding('ended_session_lives', `${person.name}: a refresh token after the sign-out`)
}

async function changePassword(person: Person): Promise<void> {
  const { door, password, email } = person
  if (!password.isCertain()) return
  const former = password.newest()
  const next = newPassword()
  password.expect(next)
  // Without an answer the session may have ended: the tokens of its successor are in the answer.
  person.ending = 'own_act'
  await door.changePassword(former, next)
  password.settle(next)
  begin(person)
  await expectDead(person, { email: email.newest(), password: former })
}

async function resetPassword(person: Person): Promise<void> {
  const { door, town, password, email } = person
  if (!email.isCertain() || !password.isCertain()) return
  const [to, since, former] = [email.newest(), performance.now(), password.newest()]
  const acknowledge = town.book.ask(to, 'reset')
  await door.requestReset(to)
  acknowledge()
  const mail = await waitForMail(person, { to, kind: 'reset', since })
  if (mail?.key == null) return
  const next = newPassword()
  password.expect(next)
  person.ending = 'own_act'
  await door.setNewPassword(mail.key, next)
  password.settle(next)
  begin(person)
  await expectDead(person, { email: to, password: former })
}

async function changeAddress(person: Person): Promise<void> {
  const { door, town, password, email } = person
  if (!email.isCertain() || !password.isCertain()) return
  const [to, since] = [newEmail(), performance.now()]
  const acknowledge = town.book.ask(to, 'change')
  await door.changeAddress(to, password.newest())
  acknowledge()
  const mail = await waitForMail(person, { to, kind: 'change', since })
  if (mail?.key == null) return
  email.expect(to)
  await door.confirmAddress(mail.key)
  email.settle(to)
}

/** The former password of an acknowledged change signs nobody in. */
async function expectDead(person: Person, login: { email: string; password: string }): Promise<void> {
  if ((await isRefusedElsewhere(person, '/login/', login)) === false)
    person.town.ledger.finding('write_lost', `${person.name}: the former password still signs in`)
}

/** Judges the refusal of an act by a server that has answered. */
export function judgeRefusal(person: Person, act: string, failure: Failure): void {
  const { ledger } = person.town
  const now = performance.now()
  const text = `${person.name}: ${act} was refused with ${failure.message}`
  if (failure.isUnanswered || !person.door.isSignedIn()) return
  // A token of a server with another clock is too old or too young for the others.
  if (failure.status === 401 && ledger.isExplained(now, now, ['clock_step', 'keys_rotated'], 120_000))
    ledger.exceptions.count('refused_beside_another_clock')
  else ledger.finding('act_refused', text)
}
