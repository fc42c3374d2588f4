import { newEmail } from '@latchkey/testkit'
import { Failure } from './failure.ts'
import { newPassword, type Person } from './person.ts'

/** Signs the person up, or in when the account exists. A call without an answer is tried again by the next act. */
export async function enter(person: Person): Promise<void> {
  if (!person.isRegistered) await signUp(person)
  if (person.isRegistered && !person.door.isSignedIn()) await signIn(person)
}

async function signUp(person: Person): Promise<void> {
  const { door, town } = person
  const email = person.email.newest()
  const acknowledge = town.book.ask(email, 'verify')
  try {
    await door.signUp({ email, password: person.password.newest(), name: person.firstName.newest() })
    acknowledge()
    begin(person)
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    // A sign-up without an answer is tried again. The address is taken when the first one was done.
    if (error.status === 400) person.isRegistered = true
    else if (!error.isUnanswered) town.ledger.finding('sign_up_refused', `${person.name}: ${error.message}`)
  }
}

async function signIn(person: Person): Promise<void> {
  const { door, town, email, password } = person
  for (const address of email.candidates()) {
    for (const word of password.candidates()) {
      try {
        await door.signIn(address, word)
        email.settle(address)
        password.settle(word)
        return begin(person)
      } catch (error) {
        if (!(error instanceof Failure)) throw error
        if (error.isUnanswered) return
      }
    }
  }
  town.ledger.finding('write_lost', `${person.name}: no acknowledged password signs in at ${email.newest()}`)
  // One finding is enough. The person begins a new life.
  person.isRegistered = false
  email.settle(newEmail())
  password.settle(newPassword())
}

/** A session has begun. */
export function begin(person: Person): void {
  person.isRegistered = true
  person.ending = null
  person.isInSession = true
  person.sessions++
}

/** A session has ended, and the person knows why. */
export function end(person: Person): void {
  person.ending = null
  person.isInSession = false
  person.observed.forget()
}

/**
 * Finds out why the client of a person is signed out. Without a cause in the record it is a finding. A late retry is a
 * cause for plain REST alone: a key or a proof tells the server that the retry is its owner's.
 */
export function judgeSignOut(person: Person): void {
  const { town, observed, ending, name, sessions } = person
  const { ledger, graceSeconds } = town
  const mayRetryLate = person.door.kind !== 'rest'
  if (!person.isInSession) return
  if (ending !== null) ledger.exceptions.count(`signed_out_after_${ending}`)
  else if (!mayRetryLate && observed.refreshes.isLateRetry(graceSeconds * 1000))
    ledger.exceptions.count('signed_out_by_late_retry')
  else
    ledger.finding('signed_out_wrongly', `${name} in its session ${sessions}: ${observed.refreshes.tell()}`)
  end(person)
}
