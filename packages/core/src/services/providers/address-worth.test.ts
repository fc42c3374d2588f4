import {
  createProviderStandIn,
  describeProvider,
  type GivenToken,
  PLACES,
  type PlaceName,
  type ProviderPerson,
  type ProviderStandIn,
} from '@latchkey/testkit'
import { beforeAll, describe, expect, it } from 'vitest'
import type { ProviderOptions } from './provider-settings.ts'
import { openStandIns } from './test-providers.ts'

let standIn: ProviderStandIn
beforeAll(async () => {
  standIn = await createProviderStandIn()
})

const TID = '11111111-2222-3333-4444-555555555555'
const REDIRECT = {
  ...{ state: 'the-state', nonce: 'the nonce', codeVerifier: 'v'.repeat(43) },
  redirectUri: 'https://us.example/social/callback/',
}

/** Goes through the redirect flow as one person. */
async function signIn(id: PlaceName, person: ProviderPerson, changes: Partial<ProviderOptions> = {}) {
  const { providers } = openStandIns(standIn, [describeProvider(id, changes)])
  const parameters = standIn.authorize(await providers.describeStart(id, REDIRECT), person)
  return providers.finishRedirect(id, { ...REDIRECT, parameters })
}

const proven = { email_verified: true }
const ada = { email: 'ada@acme.example' }
const gitlab = { sub: '7', ...ada, ...proven }
const microsoft = { sub: 's', tid: TID, oid: TID, ...ada }
const github = { id: 7, login: 'ada', name: 'Ada Lovelace' }
const primary = { ...ada, primary: true, verified: true }

/** A row of the table of the specification: what the provider says, and whether it vouches. */
const ROWS: [PlaceName, string, ProviderPerson, boolean][] = [
  ['google', 'a proven address of Workspace', { sub: '1', ...ada, ...proven, hd: 'acme.example' }, true],
  ['google', 'a proven address of Gmail', { sub: '1', email: 'ada@gmail.com', ...proven }, true],
  ['google', 'a proven address of Googlemail', { sub: '1', email: 'ada@googlemail.com', ...proven }, true],
  ['google', 'a proven address of any other domain', { sub: '1', ...ada, ...proven }, false],
  ['google', 'an empty domain of Workspace', { sub: '1', ...ada, ...proven, hd: '' }, false],
  [
    'google',
    'an unproven address of Workspace',
    { sub: '1', ...ada, hd: 'acme.example', email_verified: false },
    false,
  ],
  ['google', 'an unproven address of Gmail', { sub: '1', email: 'ada@gmail.com' }, false],
  ['google', 'a domain that ends like Gmail', { sub: '1', email: 'ada@not-gmail.com', ...proven }, false],
  ['apple', 'a proven address', { sub: 'a', ...ada, ...proven }, true],
  ['apple', 'an address that is proven in a text', { sub: 'a', ...ada, email_verified: 'true' }, true],
  [
    'apple',
    'a relay address',
    { sub: 'a', email: 'x7@privaterelay.appleid.com', email_verified: 'true' },
    true,
  ],
  [
    'apple',
    'an address of a school that is not proven',
    { sub: 'a', ...ada, email_verified: 'false' },
    false,
  ],
  ['microsoft', 'an address whose domain is owned', { ...microsoft, xms_edov: true }, true],
  ['microsoft', 'an address whose domain is owned, as 1', { ...microsoft, xms_edov: 1 }, true],
  ['microsoft', 'an address that an administrator typed', microsoft, false],
  ['microsoft', 'a typed address with email_verified', { ...microsoft, ...proven }, false],
  ['microsoft', 'an address whose domain is not owned', { ...microsoft, xms_edov: false }, false],
  ['microsoft', 'an address whose domain is not owned, as 0', { ...microsoft, xms_edov: 0 }, false],
  ['github', 'the primary address, verified', { ...github, emails: [primary] }, true],
  [
    'github',
    'the primary address, not verified',
    { ...github, emails: [{ ...primary, verified: false }] },
    false,
  ],
  [
    'github',
    'a verified address that is not primary',
    { ...github, emails: [{ ...primary, primary: false }] },
    false,
  ],
  ['github', 'the text of a profile', { ...github, publicEmail: ada.email, emails: [] }, false],
  [
    'github',
    'a noreply address',
    { ...github, emails: [{ ...primary, email: '7+ada@users.noreply.github.com' }] },
    false,
  ],
  [
    'github',
    'the noreply domain itself',
    { ...github, emails: [{ ...primary, email: 'ada@noreply.github.com' }] },
    false,
  ],
  ['gitlab', 'a proven address', gitlab, true],
  ['gitlab', 'an unproven address', { ...gitlab, email_verified: false }, false],
  ['linkedin', 'a proven address', { sub: 'l', ...ada, ...proven }, true],
  ['linkedin', 'an address without a word', { sub: 'l', ...ada }, false],
  ['discord', 'a verified address', { id: '7', ...ada, verified: true }, true],
  ['discord', 'an address that is not verified', { id: '7', ...ada, verified: false }, false],
  ['facebook', 'any address', { id: '7', ...ada, verified: true, email_verified: true }, false],
]

describe('what an address is worth', () => {
  it.each(ROWS)('%s: %s', async (id, _what, person, isVouched) => {
    expect(await signIn(id, person)).toMatchObject({ provider: id, isVouched })
  })

  it('gitlab: the public address, without the scope email', async () => {
    expect(await signIn('gitlab', gitlab, { scopes: 'openid profile' })).toMatchObject({
      subject: '7',
      isVouched: false,
    })
  })

  it('gitlab: an ID token that nobody names scopes for', async () => {
    const idToken = await standIn.signIdToken('gitlab', { ...gitlab, aud: 'gitlab-web' })
    const { providers } = openStandIns(standIn)
    expect(await providers.verifyTokens('gitlab', { idToken })).toMatchObject({
      subject: '7',
      isVouched: false,
    })
    const given: GivenToken = {
      provider: 'gitlab',
      person: gitlab,
      clientId: 'gitlab-web',
      scopes: ['openid', 'email'],
    }
    const accessToken = standIn.giveAccessToken(given)
    expect(await providers.verifyTokens('gitlab', { idToken, accessToken })).toMatchObject({
      isVouched: true,
    })
    const others = [
      { ...given, person: { ...gitlab, sub: '8' } },
      { ...given, clientId: 'an-app-of-somebody-else' },
    ].map(standIn.giveAccessToken)
    for (const ofAnother of others) {
      await expect(
        providers.verifyTokens('gitlab', { idToken, accessToken: ofAnother }),
      ).rejects.toMatchObject({ code: 'invalid_social_token' })
    }
  })

  it('gitlab: an ID token beside an access token that GitLab does not know', async () => {
    const idToken = await standIn.signIdToken('gitlab', { ...gitlab, aud: 'gitlab-web' })
    const { providers } = openStandIns(standIn)
    expect(await providers.verifyTokens('gitlab', { idToken, accessToken: 'unknown' })).toMatchObject({
      subject: '7',
      isVouched: false,
    })
  })

  it('discord: no address without the scope email', async () => {
    const person = { id: '7', ...ada, verified: true }
    expect(await signIn('discord', person, { scopes: 'identify' })).toMatchObject({
      email: null,
      isVouched: false,
    })
  })

  it.each([
    ['which are fewer than it was asked for', { scope: 'identify' }, false],
    ['which are all that it was asked for', { scope: 'identify email' }, true],
    ['or says nothing about them', {}, true],
  ])('discord: the person granted scopes, %s', async (_what, granted, isVouched) => {
    const person = { id: '7', ...ada, verified: true }
    standIn.override.answer = ({ href, pathname }) => {
      if (href === PLACES.discord.token) return Response.json({ access_token: 'at', ...granted })
      return pathname === '/api/v10/users/@me' ? Response.json(person) : undefined
    }
    const identity = await signIn('discord', person)
    standIn.override.answer = () => undefined
    expect(identity).toMatchObject({ ...ada, isVouched })
  })

  it('discord: an address that comes without the scope email', async () => {
    standIn.override.answer = ({ pathname }) =>
      pathname === '/api/v10/users/@me' ? Response.json({ id: '7', ...ada, verified: true }) : undefined
    const identity = await signIn('discord', { id: '7' }, { scopes: 'identify' })
    standIn.override.answer = () => undefined
    expect(identity).toMatchObject({ ...ada, isVouched: false })
  })

  it('github: no address where the token does not open the list', async () => {
    standIn.override.answer = ({ pathname }) =>
      pathname === '/user/emails' ? Response.json({ message: 'Not Found' }, { status: 404 }) : undefined
    const identity = await signIn('github', { ...github, emails: [primary] })
    standIn.override.answer = () => undefined
    expect(identity).toMatchObject({ subject: '7', email: null, isVouched: false })
  })
})

describe('what an address of any issuer is worth', () => {
  it.each([
    ['proven, and of no domain that is set', { ...ada, ...proven }, null, false],
    ['proven, and of a domain that is set', { ...ada, ...proven }, ['acme.example'], true],
    ['proven, and of any domain', { ...ada, ...proven }, ['*'], true],
    ['proven, and of another domain', { ...ada, ...proven }, ['beispiel.example'], false],
    ['proven, and of a domain below', { email: 'ada@mail.acme.example', ...proven }, ['acme.example'], false],
    [
      'proven, and of a domain that ends alike',
      { email: 'ada@notacme.example', ...proven },
      ['acme.example'],
      false,
    ],
    ['proven in a text', { ...ada, email_verified: 'true' }, ['*'], false],
    ['proven as 1', { ...ada, email_verified: 1 }, ['*'], false],
    ['without a word', ada, ['*'], false],
    ['not proven', { ...ada, email_verified: false }, ['*'], false],
  ])('%s', async (_what, claims, emailDomains, isVouched) => {
    expect(await signIn('acme', { sub: 'ada', ...claims }, { emailDomains })).toMatchObject({
      email: claims.email,
      isVouched,
    })
  })

  it('is narrowed for presets too', async () => {
    const person = { sub: '1', email: 'ada@gmail.com', ...proven }
    expect(await signIn('google', person, { emailDomains: ['acme.example'] })).toMatchObject({
      isVouched: false,
    })
    expect(await signIn('google', person, { emailDomains: ['gmail.com'] })).toMatchObject({ isVouched: true })
    expect(await signIn('google', { ...person, ...ada }, { emailDomains: ['*'] })).toMatchObject({
      isVouched: false,
    })
  })
})

describe('an address that differs from its normal form', () => {
  const judge = (email: unknown) => signIn('acme', { sub: 'ada', email, ...proven }, { emailDomains: ['*'] })

  it('is vouched for when the case of ASCII is all that differs', async () => {
    expect(await judge('Ada.Lovelace@ACME.Example')).toMatchObject({
      email: 'ada.lovelace@acme.example',
      isVouched: true,
    })
  })

  it.each([
    ['a ligature', 'ﬁ@acme.example', 'fi@acme.example'],
    ['wide letters', 'ａｄａ@acme.example', 'ada@acme.example'],
    ['a sign of Kelvin', '\u212aay@acme.example', 'kay@acme.example'],
    ['a wide at', 'ada＠acme.example', 'ada@acme.example'],
    ['a domain in letters', 'ada@bücher.example', 'ada@xn--bcher-kva.example'],
    ['a wide domain', 'ada@ａcme.example', 'ada@acme.example'],
    ['spaces around it', ' ada@acme.example ', 'ada@acme.example'],
    ['letters of another script', 'аda@acme.example', 'аda@acme.example'],
  ])('is not vouched for: %s', async (_what, raw, email) => {
    expect(await judge(raw)).toMatchObject({ email, isVouched: false })
  })

  it.each([
    ['two addresses', 'ada@acme.example,eve@evil.example'],
    ['a quoted name', '"ada"@acme.example'],
    ['a line end', 'ada@acme.example\nbcc:eve@evil.example'],
    ['no address', 'ada'],
    ['an empty text', ''],
    ['a number', 7],
    ['a list', ['ada@acme.example']],
    ['nothing', undefined],
    ['more than 254 characters', `${'a'.repeat(64)}@${'b.'.repeat(100)}example`],
    ['a very long text', `${'a'.repeat(100_000)}@acme.example`],
    ['an address behind many spaces', `${' '.repeat(2000)}ada@acme.example`],
  ])('is none: %s', async (_what, raw) => {
    expect(await judge(raw)).toMatchObject({ email: null, isVouched: false })
  })
})
