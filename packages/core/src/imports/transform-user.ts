import { createHash, createHmac } from 'node:crypto'
import { isEmailAddress, normalizeEmail } from '@latchkey/contract/email'
import { KNOWN_EMAIL_MAX_CHARACTERS, ROLE_MAX } from '@latchkey/contract/limits'
import type { Context } from '../context.ts'
import { NO_FACTORS } from '../tables/imports/digests.ts'
import type { StagedUser } from '../tables/imports/staging.ts'
import { cleanName } from '../words/clean-name.ts'
import type { UserId } from '../words/ids.ts'
import { externalIdOf, userIdOf } from '../words/imported-id.ts'
import { findLanguage } from '../words/languages.ts'
import { writeConnections } from './connections.ts'
import { sealImportedFactors } from './factors.ts'
import { judgePassword } from './judge-password.ts'
import type { ImportCase, ImportOptions } from './options.ts'
import { readTime } from './read-time.ts'
import type { Source, SourceUser } from './records.ts'

/** What one user of the source becomes. */
export interface TransformedUser {
  /** Null: the key is none, so nothing can be stored. */
  staged: StagedUser | null
  cases: ImportCase[]
}

/** What users of one import are transformed with. */
export interface Transformation {
  ctx: Pick<Context, 'hasher' | 'secrets' | 'config' | 'providers'>
  source: Pick<Source, 'name' | 'keyType'>
  options: ImportOptions
}

const KEY_MAX_CHARACTERS = 255
const PROVIDER_SHOWN = 60
const EMAIL_MAX_UNITS = 4 * KNOWN_EMAIL_MAX_CHARACTERS
/** Normalises, cleans and bounds one user of a source. Every field comes from a stranger. */
export async function transformUser(
  { ctx, source, options }: Transformation,
  user: SourceUser,
  n: number,
): Promise<TransformedUser> {
  const id = readKey(source, user)
  const email = readAddress(user.email)
  const found = (word: string, detail?: string): ImportCase => ({
    word,
    oldId: user.oldId.slice(0, KEY_MAX_CHARACTERS),
    email,
    ...(detail !== undefined && { with: detail }),
  })
  if (id === null) return { staged: null, cases: [found('bad_key')] }
  const cases = [
    ...user.remarks.map(({ word, detail }) => found(word, detail)),
    ...findUnknownProviders(ctx, user).map((provider) => found('unknown_provider', provider)),
  ]
  const password = await judgePassword(ctx, source.name, user, options)
  const factors = await readFactors(ctx, user, id, options)
  const connections = writeConnections(user.connections)
  const names = { firstName: cleanName(user.firstName), lastName: cleanName(user.lastName) }
  const role = Number.isInteger(user.role) && user.role >= 0 && user.role <= ROLE_MAX ? user.role : 0
  const isNamed = names.firstName !== user.firstName.trim() || names.lastName !== user.lastName.trim()
  const verdict = judge(
    user,
    { email, role, hasFactors: factors.secretJwe !== null || connections !== null },
    options,
  )
  const words = [
    ...(verdict === 'no_address' ? ['no_address'] : describeAddress(user, email)),
    ...(user.isActive ? [] : ['inactive']),
    ...(password.word === null ? [] : [password.word]),
    ...(isNamed ? ['name_cleaned'] : []),
    ...(role === user.role ? [] : ['role_not_ours']),
  ]
  const values = {
    ...{ email, emailVerified: user.emailVerified, ...names, role, isActive: user.isActive },
    createdAt: readTime(user.createdAt),
    passwordForm: user.passwordForm,
    language: findLanguage(user.language ?? undefined),
    ...factors.columns,
  }
  const staged = {
    ...{ n, oldId: user.oldId, userId: id, externalId: externalIdOf({ ...source, oldId: user.oldId }) },
    ...{
      ...values,
      lastLogin: readTime(user.lastLogin),
      passwordHash: password.stored,
      work: password.work,
      connections,
      verdict,
    },
    rowHash: hashRow(ctx, {
      ...values,
      verdict,
      secretJwe: null,
      password: user.passwordHash,
      weak: options.weak,
    }),
  }
  return {
    staged,
    cases: [...cases, ...words.map((word) => found(word)), ...factors.cases(found)],
  }
}

/** The providers of a user that the settings do not name. Their accounts come along, and sign nobody in. */
function findUnknownProviders(
  { providers }: Transformation['ctx'],
  { connections = [] }: SourceUser,
): string[] {
  const known = new Set(providers.list().map(({ id }) => id))
  const named = new Set(connections.map(({ provider }) => provider))
  return [...named].filter((provider) => !known.has(provider)).map((name) => name.slice(0, PROVIDER_SHOWN))
}

function readKey(source: Pick<Source, 'name' | 'keyType'>, { oldId, createdAt }: SourceUser): UserId | null {
  if (oldId === '' || oldId.length > KEY_MAX_CHARACTERS || /\p{Cc}/u.test(oldId) || !oldId.isWellFormed())
    return null
  if (source.keyType === 'integer' && !/^-?[0-9]{1,19}$/.test(oldId)) return null
  try {
    return userIdOf({ source: source.name, oldId, keyType: source.keyType, createdAt: readTime(createdAt) })
  } catch {
    return null
  }
}

/** The address as it is stored; empty for none, and for one that no sign-in can name. */
function readAddress(text: string): string {
  if (text.length > EMAIL_MAX_UNITS || !text.isWellFormed() || text.includes('\0')) return ''
  const email = normalizeEmail(text)
  return [...email].length > KNOWN_EMAIL_MAX_CHARACTERS ? '' : email
}

function describeAddress({ emailVerified }: SourceUser, email: string): string[] {
  return [...(isEmailAddress(email) ? [] : ['address_not_ours']), ...(emailVerified ? [] : ['unverified'])]
}

/**
 * A sign-up has no role, no second factor and no account at a provider, and it could become active again. So a user who has one of these stays a
 * user, whose address is not proven.
 */
function judge(
  { emailVerified, isActive }: SourceUser,
  { email, role, hasFactors }: { email: string; role: number; hasFactors: boolean },
  { unverified }: ImportOptions,
): string {
  if (email === '') return 'no_address'
  const isPlain = !emailVerified && isActive && role === 0 && !hasFactors
  return isPlain && unverified === 'pending' ? 'pending' : 'account'
}

async function readFactors(
  ctx: Transformation['ctx'],
  { totp, recoveryCodes }: SourceUser,
  userId: UserId,
  { mfa }: ImportOptions,
) {
  const none = { secretJwe: null, codeHashes: null, factorDigest: NO_FACTORS }
  const isLost = totp === null && (recoveryCodes?.length ?? 0) > 0
  if (totp === null || mfa === 'drop') {
    const word = totp === null ? (isLost ? 'recovery_codes_alone' : null) : 'mfa'
    return { secretJwe: null, columns: none, cases: (found: Found) => (word ? [found(word)] : []) }
  }
  const sealed = await sealImportedFactors(ctx, { userId, totp, recoveryCodes })
  const columns = sealed.secondFactor
    ? {
        secretJwe: sealed.secretJwe,
        codeHashes: sealed.codeHashes.join(' ') || null,
        factorDigest: digestFactors(userId, totp.secret, recoveryCodes),
      }
    : none
  return {
    secretJwe: columns.secretJwe,
    columns,
    cases: (found: Found) => [found('mfa'), ...sealed.remarks.map(({ word, detail }) => found(word, detail))],
  }
}

type Found = (word: string, detail?: string) => ImportCase

/** The secret has 80 random bits at least, so eight digits of a hash of it tell nothing. */
function digestFactors(userId: UserId, secret: string, codes: string[] | null): string {
  return createHash('sha256')
    .update(JSON.stringify([userId, secret, codes]))
    .digest('hex')
    .slice(0, 8)
}

/** The hash has a key, because the row has the digest of a weak hash in it. */
function hashRow({ secrets }: Pick<Context, 'secrets'>, values: object): string {
  const mac = createHmac('sha256', secrets.import.current.key).update(JSON.stringify(values))
  return `\\x${mac.digest('hex')}`
}
