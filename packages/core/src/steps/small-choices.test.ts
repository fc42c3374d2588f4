import { LINK_PATHS } from '@latchkey/contract/links'
import { refusalOf } from '@latchkey/testkit'
import { describe, expect, it } from 'vitest'
import type { Client, Context } from '../context.ts'
import { DEFAULT_CORE_CONFIG } from '../context.ts'
import { newId, type UserId } from '../words/ids.ts'
import { chooseLanguage } from './choose-language.ts'
import { hashLinkSecret } from './link-secret.ts'
import { composeEvent, type EventRequest } from './record-event.ts'
import { requireBinding } from './require-binding.ts'
import { type LinkRequest, makeLink } from './send-link.ts'

const CLIENT: Client = { ip: '192.0.2.77', userAgent: null, acceptLanguage: null, proof: null }
const USER = newId<UserId>()

/** A context without services. */
function contextOf(changes: Partial<Context['config']>, client: Partial<Client> = {}): Context {
  const config = {
    ...DEFAULT_CORE_CONFIG,
    linkBaseUrl: 'https://id.example',
    linkPaths: LINK_PATHS,
    ...changes,
  }
  return { config, client: { ...CLIENT, ...client }, clock: { epochSeconds: () => 7 } } as Context
}

describe('the language of a sign-up', () => {
  const choose = (named: string | null | undefined) =>
    chooseLanguage(contextOf({}, { acceptLanguage: 'es-MX, fr;q=0.5' }), named)

  it('is the named one, else that of the browser', () => {
    expect(choose('fr')).toBe('fr')
    expect(choose(undefined)).toBe('es')
    expect(choose('xx')).toBe('es')
  })

  it('is the default one when it is asked for, whatever the browser says', () => {
    expect(choose(null)).toBeNull()
  })
})

describe('the key that a session is bound to', () => {
  const proof = { header: 'no proof', method: 'POST', path: '/login/' }

  it('is none without a proof, unless one is required', async () => {
    expect(await requireBinding(contextOf({ dpop: 'off' }))).toBeNull()
    expect(await requireBinding(contextOf({ dpop: 'optional' }))).toBeNull()
    expect(await refusalOf(requireBinding(contextOf({ dpop: 'required' })))).toMatchObject({
      code: 'dpop_required',
    })
  })

  it('is none where proofs are not looked at', async () => {
    expect(await requireBinding(contextOf({ dpop: 'off' }, { proof }))).toBeNull()
  })
})

describe('a new link', () => {
  const request = (purpose: LinkRequest['purpose']): LinkRequest => ({
    purpose,
    email: 'ada@example.com',
    userId: USER,
    redirectTo: undefined,
  })

  it.each([
    ['confirm_registration', (key: string) => LINK_PATHS.verifyEmail(key), 3 * 86_400],
    ['verify_email', (key: string) => LINK_PATHS.verifyEmail(key), 3 * 86_400],
    ['change_email', (key: string) => LINK_PATHS.confirmEmailChange(key), 3 * 86_400],
    [
      'reset_password',
      (key: string) => LINK_PATHS.resetPassword(Buffer.from(USER).toString('base64url'), key),
      3600,
    ],
  ] as const)('to %s has the path and the life of its purpose', (purpose, pathOf, lifetime) => {
    const { capability, mailed } = makeLink(contextOf({}), request(purpose))
    const [secret = ''] = /[\w-]{43}(?=\/?$)/.exec(mailed.link) ?? []
    expect(mailed).toEqual({ link: `https://id.example${pathOf(secret)}`, lifetime, requestedAt: 7000 })
    expect(capability).toMatchObject({
      purpose,
      lifetimeSeconds: lifetime,
      tokenHash: hashLinkSecret(secret),
    })
  })

  it('may live longer, as that of an invitation', () => {
    const { mailed } = makeLink(contextOf({}), { ...request('reset_password'), lifetimeSeconds: 9 })
    expect(mailed.lifetime).toBe(9)
  })

  it('to reset a password is not made without a user', () => {
    expect(() => makeLink(contextOf({}), { ...request('reset_password'), userId: undefined })).toThrow(
      'A reset link belongs to a user.',
    )
  })
})

describe('an event', () => {
  const event: EventRequest = { kind: 'account_deleted', userId: USER, by: 'self', details: {} }

  it.each([
    [false, '192.0.2.77', '192.0.2.77'],
    [true, '192.0.2.77', '192.0.2.0'],
    [true, null, null],
    [false, null, null],
  ])('has with AUDIT_TRUNCATE_IP=%s the address %s as %s', (auditTruncateIp, ip, stored) => {
    expect(composeEvent(contextOf({ auditTruncateIp }, { ip }), event)).toMatchObject({ ip: stored })
  })

  it.each([
    ['self', { actor: 'self', actorId: USER }],
    ['anyone', { actor: 'anyone', actorId: null }],
    [{ kind: 'operator' }, { actor: 'operator', actorId: null }],
    [
      { kind: 'staff', identity: { userId: 'of staff' } },
      { actor: 'staff', actorId: 'of staff' },
    ],
  ])('by %j names its actor', (by, actor) => {
    expect(composeEvent(contextOf({}), { ...event, by } as EventRequest)).toMatchObject(actor)
  })
})
