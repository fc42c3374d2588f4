import {
  createTestCore,
  NEW_PASSWORD,
  newEmail,
  readClaims,
  type TestCore,
  withConfig,
} from '@latchkey/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Context } from '../src/context.ts'
import { login } from '../src/operations/auth/login.ts'
import { requestPasswordReset } from '../src/operations/password/request-password-reset.ts'
import { setNewPassword } from '../src/operations/password/set-new-password.ts'
import { register } from '../src/operations/registration/register.ts'
import { resendVerification } from '../src/operations/registration/resend-verification.ts'
import { verifyEmail } from '../src/operations/registration/verify-email.ts'
import { connectIdentity } from '../src/operations/social/connect-identity.ts'
import { signInWithIdentity } from '../src/operations/social/sign-in-with-identity.ts'
import { verifyUserEmail } from '../src/operations/staff/verify-user-email.ts'
import type { MailRequest } from '../src/services/mail/mail-kinds.ts'
import { OPERATOR } from '../src/steps/actor.ts'
import { authenticate } from '../src/steps/authenticate.ts'
import type { TokenPair } from '../src/words/claims.ts'
import { DomainError } from '../src/words/errors.ts'
import { identityOf } from './support/identity-of.ts'

/** So many acts one after the other. */
const BOUND = 5

const ATTACKERS = 'a battery of the attacker'
const VICTIMS = 'the own horse of a victim'

type Person = 'attacker' | 'victim'

/** One address, which only the victim reads mails of, and two people who want to use it. */
interface World {
  ctx: Context
  address: string
  mails: MailRequest[]
  /** The secrets of the links that the victim asked for. */
  links: string[]
  tokens: Record<Person, TokenPair[]>
  /** The accounts that the victim has been in. */
  entered: Set<string>
  identities: Record<'victims' | 'attackers' | 'typed', ReturnType<typeof identityOf>>
}

type Act = (world: World) => Promise<unknown>
/** What a rule that is taken away does before an act. */
type Weakness = Partial<Record<string, (world: World) => Promise<unknown>>>

let test: TestCore
beforeAll(async () => {
  test = await createTestCore()
})
afterAll(() => test.close())

function createWorld(mode: 'none' | 'mandatory' | 'optional'): World {
  const address = newEmail()
  const mails: MailRequest[] = []
  const base = withConfig(test.ctx, { emailVerification: mode })
  const queue = async (_: unknown, mail: MailRequest) => void (mail.discard || mails.push(mail))
  return {
    ctx: { ...base, outbox: { ...base.outbox, sends: true, queue } },
    address,
    mails,
    links: [],
    tokens: { attacker: [], victim: [] },
    entered: new Set(),
    identities: {
      victims: identityOf({ email: address }),
      attackers: identityOf({ email: newEmail() }),
      typed: identityOf({ email: address, provider: 'acme', isVouched: false }),
    },
  }
}

function keep(world: World, person: Person, answer: object | null): void {
  if (!answer || !('access' in answer)) return
  const tokens = answer as TokenPair
  world.tokens[person].push(tokens)
  if (person === 'victim') world.entered.add(readClaims(tokens.access).sub)
}

const linkOf = (mail: MailRequest | undefined) =>
  ((mail?.variables as { link?: string })?.link ?? '').split('/').at(-2) ?? ''

const signUp =
  (person: Person, password: string): Act =>
  async (world) => {
    const names = { firstName: 'Ada', lastName: 'Lovelace' }
    const before = world.mails.length
    const form = { email: world.address, password1: password, password2: password, ...names }
    keep(world, person, await register(world.ctx, form))
    const isFollowed = person === 'victim' || world.ctx.config.emailVerification === 'optional'
    if (isFollowed) world.links.push(...world.mails.slice(before).map(linkOf))
  }

const signIn =
  (person: Person, password: string): Act =>
  async (world) =>
    keep(world, person, await login(world.ctx, { email: world.address, password }))

const arrive =
  (person: Person, whose: keyof World['identities']): Act =>
  async (world) =>
    keep(world, person, await signInWithIdentity(world.ctx, world.identities[whose]))

const connect =
  (person: Person, whose: keyof World['identities']): Act =>
  async (world) => {
    const tokens = world.tokens[person].at(-1)
    if (!tokens) return
    const caller = await authenticate(world.ctx, tokens.access)
    await connectIdentity(world.ctx, caller, world.identities[whose])
  }

/** The victim follows every link of a sign-up. Where the link makes the user, it follows those of its own sign-ups alone. */
const confirm: Act = async (world) => {
  for (const key of world.links.splice(0)) await verifyEmail(world.ctx, { key })
}

/** Anybody may ask. The link comes to the victim, who follows it because it asked. */
const askAgain: Act = async (world) => {
  const before = world.mails.length
  await resendVerification(world.ctx, { email: world.address })
  world.links.push(...world.mails.slice(before).map(linkOf))
}

/** Somebody told staff that no mail comes. */
const mark: Act = async ({ ctx, address }) => {
  const [user] = await test.database.sql`select id from users where email = ${address}`
  if (user) await verifyUserEmail(ctx, { by: OPERATOR, userId: user.id })
}

const reset: Act = async (world) => {
  await requestPasswordReset(world.ctx, { email: world.address })
  const token = linkOf(world.mails.findLast(({ kind }) => kind === 'reset-password'))
  const passwords = { newPassword1: NEW_PASSWORD, newPassword2: NEW_PASSWORD }
  keep(world, 'victim', await setNewPassword(world.ctx, { proof: { token }, ...passwords, signIn: true }))
}

const ACTS: Record<string, Act> = {
  'the attacker signs up with the address': signUp('attacker', ATTACKERS),
  'the attacker signs in with that password': signIn('attacker', ATTACKERS),
  'the attacker connects an own account at a provider': connect('attacker', 'attackers'),
  'the attacker signs in with that account': arrive('attacker', 'attackers'),
  'the attacker comes with an account that names the address': arrive('attacker', 'typed'),
  'the victim signs up': signUp('victim', VICTIMS),
  'the victim confirms its sign-up': confirm,
  'the victim asks for the link again': askAgain,
  'staff marks the address as verified': mark,
  'the victim signs in with a password': signIn('victim', VICTIMS),
  'the victim signs in with its provider': arrive('victim', 'victims'),
  'the victim connects its provider': connect('victim', 'victims'),
  'the victim sets a password by mail': reset,
}

/** Runs acts in a new world. A refusal is an act without an effect. */
async function play(
  mode: Parameters<typeof createWorld>[0],
  acts: string[],
  weakness: Weakness,
): Promise<World> {
  const world = createWorld(mode)
  for (const name of acts) {
    await weakness[name]?.(world)
    await tryAct(() => ACTS[name]?.(world))
  }
  return world
}

async function tryAct<T>(act: () => Promise<T> | undefined): Promise<T | null> {
  try {
    return (await act()) ?? null
  } catch (error) {
    if (error instanceof DomainError) return null
    throw error
  }
}

/** What tells two worlds apart, for whatever comes next. */
async function describeState({ ctx, address, tokens, entered, links, identities }: World): Promise<string> {
  const [user] = await test.database
    .sql`select id, email_verified, owner_unproven, password_hash from users where email = ${address}`
  const matches = (password: string) =>
    user && ctx.hasher.verify(user.password_hash, password, { form: 0, decoy: 'argon2id' } as never)
  const rows = await test.database
    .sql`select uid from connections where user_id = ${user?.id ?? null} order by 1`
  const waiting = await test.database
    .sql`select is_shadow from pending_registrations where email = ${address} order by id`
  const alive = async (person: Person) =>
    Promise.all(
      tokens[person].map(
        async ({ access }) => (await tryAct(() => authenticate(ctx, access)))?.userId === user?.id,
      ),
    )
  return JSON.stringify([
    user?.email_verified,
    user?.owner_unproven,
    await Promise.all([ATTACKERS, VICTIMS, NEW_PASSWORD].map(matches)),
    rows.map(({ uid }) => (uid === identities.victims.subject ? 'victims' : 'attackers')),
    waiting.map((row) => row.is_shadow),
    (await alive('attacker')).includes(true),
    (await alive('victim')).includes(true),
    entered.has(user?.id),
    links.length,
    await test.database.sql`select 1 from connections where uid = ${identities.attackers.subject}`.then(
      (r) => r.length,
    ),
  ])
}

/** Answers whether the attacker has a way into an account that the victim has been in. */
async function isOpen(world: World): Promise<boolean> {
  const { ctx, address, entered, tokens, identities } = world
  const isIn = (userId: string | undefined) => userId !== undefined && entered.has(userId)
  const held = await Promise.all(tokens.attacker.map(({ access }) => tryAct(() => authenticate(ctx, access))))
  if (held.some((identity) => isIn(identity?.userId))) return true
  const doors = [
    () => login(ctx, { email: address, password: ATTACKERS }),
    () => signInWithIdentity(ctx, identities.attackers),
    () => signInWithIdentity(ctx, identities.typed),
  ]
  const answers = await Promise.all(doors.map((door) => tryAct<object>(door)))
  return answers.some(
    (answer) => answer && 'access' in answer && isIn(readClaims((answer as TokenPair).access).sub),
  )
}

/**
 * Goes through every sequence of acts up to the bound. One that leads to a known state is not gone on with. With a weakness one
 * way is enough.
 */
async function search(mode: Parameters<typeof createWorld>[0], weakness?: Weakness) {
  const seen = new Set<string>()
  const found: string[][] = []
  let level: string[][] = [[]]
  for (let depth = 1; depth <= BOUND; depth++) {
    const next: string[][] = []
    for (const before of level) {
      const tried = await Promise.all(
        Object.keys(ACTS).map(async (name) => {
          const acts = [...before, name]
          const world = await play(mode, acts, weakness ?? {})
          const state = await describeState(world)
          return { acts, state, isOpen: await isOpen(world) }
        }),
      )
      for (const { acts, state, isOpen: open } of tried) {
        if (open) found.push(acts)
        if (open || seen.has(state)) continue
        seen.add(state)
        next.push(acts)
      }
    }
    if (weakness && found.length > 0) break
    level = next
  }
  return { found, states: seen.size }
}

const proveFor = ({ address }: World) =>
  test.database.sql`update users set email_verified = true, owner_unproven = false where email = ${address}`

const takeForOwner = ({ address }: World) =>
  test.database.sql`update users set owner_unproven = false where email = ${address}`

describe.each(['none', 'optional', 'mandatory'] as const)('with verification %s', (mode) => {
  it('no sequence of acts opens the account of the victim to an attacker without the mailbox', async () => {
    const { found, states } = await search(mode)
    expect(found).toEqual([])
    expect(states).toBeGreaterThan(10)
  })
})

describe('the search finds a way', () => {
  it('when an address that nobody proved connects', async () => {
    const { found } = await search('none', { 'the victim signs in with its provider': proveFor })
    expect(found.length).toBeGreaterThan(0)
  })

  it('when a link that anybody may ask for says who uses the account', async () => {
    const { found } = await search('optional', { 'the victim signs in with its provider': takeForOwner })
    expect(found.length).toBeGreaterThan(0)
  })

  it('when the first proof of an address keeps what was connected before', async () => {
    const { found } = await search('none', { 'the victim sets a password by mail': proveFor })
    expect(found.length).toBeGreaterThan(0)
  })
})
