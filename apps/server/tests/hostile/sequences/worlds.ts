import { type Context, OPERATOR, type UserId } from '@latchkey/core'
import { register } from '@latchkey/core/operations/registration/register'
import { verifyEmail } from '@latchkey/core/operations/registration/verify-email'
import { signInWithIdentity } from '@latchkey/core/operations/social/sign-in-with-identity'
import { createUser } from '@latchkey/core/operations/staff/create-user'
import { deactivateUser } from '@latchkey/core/operations/staff/deactivate-user'
import { deleteUser } from '@latchkey/core/operations/staff/delete-user'
import { findUserByEmail } from '@latchkey/core/operations/staff/find-user-by-email'
import { resetUserFactors } from '@latchkey/core/operations/staff/reset-user-factors'
import { setUserEmail } from '@latchkey/core/operations/staff/set-user-email'
import { NEW_PASSWORD, newEmail, signUpForm, withConfig } from '@latchkey/testkit'
import type { LaneServer } from './lanes.ts'

/** Something that other people do with an address. */
type Act = (server: LaneServer, email: string) => Promise<unknown>

/** What other people did with an address before the first call, and what they do between two calls. */
export interface World {
  before?: Act
  meanwhile?: Act
  /** Whether sequences of three calls are tried too. */
  isCommon?: boolean
}

const OTHER = { password1: NEW_PASSWORD, password2: NEW_PASSWORD, firstName: 'Grace', lastName: 'Hopper' }

const owner = async (ctx: Context, email: string): Promise<{ by: typeof OPERATOR; userId: UserId }> => {
  const user = await findUserByEmail(ctx, email)
  if (!user) throw new Error(`Nobody has ${email}.`)
  return { by: OPERATOR, userId: user.id }
}

const make: Act = ({ people }, email) => {
  const { firstName, lastName, password1: password } = OTHER
  return createUser(people, { by: OPERATOR, email, firstName, lastName, password, role: 0 })
}
const makeUnverified: Act = ({ people }, email) =>
  register(withConfig(people, { emailVerification: 'none' }), signUpForm({ email, ...OTHER }))
const deactivate: Act = async ({ people }, email) => deactivateUser(people, await owner(people, email))
const remove: Act = async ({ people }, email) => deleteUser(people, await owner(people, email))
const leave: Act = async ({ people }, email) =>
  setUserEmail(people, { ...(await owner(people, email)), email: newEmail() })
const arrive: Act = async (server, email) => {
  const former = newEmail()
  await make(server, former)
  await setUserEmail(server.people, { ...(await owner(server.people, former)), email })
}

/** A person comes by an account at a provider, which vouches for the address. The user has no password. */
const come: Act = ({ people }, email) =>
  signInWithIdentity(people, {
    ...{ provider: 'google', subject: email, formerSubject: null, email, isVouched: true, mayLink: true },
    ...{ firstName: 'Grace', lastName: 'Hopper' },
  })
const invite: Act = ({ people }, email) => {
  const { firstName, lastName } = OTHER
  return createUser(people, { by: OPERATOR, email, firstName, lastName, role: 0 })
}
/** Staff remove the second factors, and the password with them. */
const removeFactors: Act = async ({ people }, email) => resetUserFactors(people, await owner(people, email))
const ask: Act = ({ people }, email) => register(people, signUpForm({ email, ...OTHER }))

/** Follows the link of the sign-up of {@link ask}. */
const confirm: Act = async ({ people, mails }, email) => {
  const mail = mails.findLast(({ kind, to }) => kind === 'confirm-registration' && to === email)
  const { link = '' } = (mail?.variables ?? {}) as Record<string, string>
  await verifyEmail(people, { key: link.split('/').at(-2) ?? '' })
}

const inOrder =
  (...acts: Act[]): Act =>
  async (server, email) => {
    for (const act of acts) await act(server, email)
  }

/** Nobody ever had the address or asked for it. No world of {@link AS_UNUSED} may look different. */
export const UNUSED: World = {}

export const AS_UNUSED: Record<string, World> = {
  'a verified user has it': { before: make, isCommon: true },
  'an unverified user has it': { before: makeUnverified },
  'a deactivated user has it': { before: inOrder(make, deactivate) },
  'a user has it and is deactivated meanwhile': { before: make, meanwhile: deactivate },
  'a user has it and is deleted meanwhile': { before: make, meanwhile: remove, isCommon: true },
  'a user has it and leaves it meanwhile': { before: make, meanwhile: leave },
  'staff make a user with it meanwhile': { meanwhile: make },
  'a user changes to it meanwhile': { meanwhile: arrive },
  'a user of a provider has it': { before: come, isCommon: true },
  'a person comes with it by a provider meanwhile': { meanwhile: come },
  'a user of a provider has it and is deleted meanwhile': { before: come, meanwhile: remove },
  'an invited user has it': { before: invite },
  'a user is invited with it meanwhile': { meanwhile: invite },
  'an invited user has it and comes by a provider meanwhile': { before: invite, meanwhile: come },
  'staff remove the factors of its user meanwhile': { before: make, meanwhile: removeFactors },
}

/** Another person's sign-up waits for its link. No world of {@link AS_WAITING} may look different. */
export const WAITING: World = { before: ask }

export const AS_WAITING: Record<string, World> = {
  'it was confirmed': { before: inOrder(ask, confirm) },
  'it is confirmed meanwhile': { before: ask, meanwhile: confirm, isCommon: true },
  'it was confirmed, and is deleted meanwhile': { before: inOrder(ask, confirm), meanwhile: remove },
  'it is confirmed and deleted meanwhile': { before: ask, meanwhile: inOrder(confirm, remove) },
  'staff make a user with its address meanwhile': { before: ask, meanwhile: make },
  'a user changes to its address meanwhile': { before: ask, meanwhile: arrive },
  'a user had the address when it came': { before: inOrder(make, ask) },
  'a person comes with its address by a provider meanwhile': { before: ask, meanwhile: come },
  'a user of a provider had the address when it came': { before: inOrder(come, ask) },
  'an invited user had the address when it came': { before: inOrder(invite, ask) },
  'it was confirmed, and its user loses its factors meanwhile': {
    before: inOrder(ask, confirm),
    meanwhile: removeFactors,
  },
}
