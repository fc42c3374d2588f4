import type { SourceRemark, SourceUser } from '../records.ts'
import type { RecoveryCodeRules } from './options.ts'
import { listUnusedCodes } from './recovery-codes.ts'

/** A row of `mfa_authenticator`: its type, and its data as JSON text. */
export type FactorRow = [type: string, data: string]

/** The second factors of one user. */
export type DjangoFactors = Pick<SourceUser, 'totp' | 'recoveryCodes' | 'remarks'>

const SEED = /^[0-9a-f]{32,160}$/i
const SECRET = /^[A-Z2-7]{16,128}$/
const CODE = /^[\w-]{4,64}$/
const MAX_MIGRATED_CODES = 100

/**
 * Reads the second factors of one user.
 *
 * An adapter of the deployment may encrypt secrets. Such a secret is named `mfa_unreadable`, and never guessed.
 *
 * @param rows - in the order of their ids. The last one of a type counts.
 */
export function readFactors(rows: FactorRow[], rules: RecoveryCodeRules): DjangoFactors {
  const byType = new Map(rows)
  const totp = readTotp(byType.get('totp'))
  const codes = readRecoveryCodes(byType.get('recovery_codes'), rules)
  const remarks: SourceRemark[] = []
  if (totp === UNREADABLE) remarks.push({ word: 'mfa_unreadable', detail: 'totp' })
  if (codes === UNREADABLE) remarks.push({ word: 'mfa_unreadable', detail: 'recovery_codes' })
  if (byType.has('webauthn')) remarks.push({ word: 'passkey_left' })
  return {
    totp: totp === UNREADABLE ? null : totp,
    recoveryCodes: codes === UNREADABLE ? null : codes,
    remarks,
  }
}

const UNREADABLE = Symbol('unreadable')

function readTotp(data: string | undefined): { secret: string } | null | typeof UNREADABLE {
  if (data === undefined) return null
  const { secret } = parseObject(data)
  const text = typeof secret === 'string' ? secret.toUpperCase().replace(/=+$/, '') : ''
  return SECRET.test(text) ? { secret: text } : UNREADABLE
}

function readRecoveryCodes(
  data: string | undefined,
  rules: RecoveryCodeRules,
): string[] | null | typeof UNREADABLE {
  if (data === undefined) return null
  const { migrated_codes: migrated, seed, used_mask: mask } = parseObject(data)
  if (migrated !== undefined && migrated !== null) return readMigrated(migrated)
  if (typeof seed !== 'string' || !SEED.test(seed)) return UNREADABLE
  if (typeof mask !== 'number' || !Number.isSafeInteger(mask) || mask < 0) return UNREADABLE
  return listUnusedCodes(seed, BigInt(mask), rules)
}

/** Codes that another package made. A used one is taken out of the list. */
function readMigrated(migrated: unknown): string[] | typeof UNREADABLE {
  if (!Array.isArray(migrated) || migrated.length > MAX_MIGRATED_CODES) return UNREADABLE
  const codes = migrated.filter((code): code is string => typeof code === 'string' && CODE.test(code))
  return codes.length === migrated.length ? codes : UNREADABLE
}

function parseObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    return {}
  }
}
