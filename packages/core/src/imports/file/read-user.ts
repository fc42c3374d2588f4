import type { SourceRemark, SourceUser } from '../records.ts'
import { splitName } from '../split-name.ts'
import type { Fields } from './records.ts'
import { findPasswordForm, spellHash } from './spell-hash.ts'
import {
  type Reader,
  readCodes,
  readFlag,
  readKey,
  readRole,
  readText,
  readTime,
  readTotpSecret,
} from './values.ts'

/** The fields of a file, each with its reader. */
const READERS = {
  external_id: readKey,
  email: readText,
  email_verified: readFlag,
  first_name: readText,
  last_name: readText,
  name: readText,
  role: readRole,
  is_active: readFlag,
  created_at: readTime,
  last_login: readTime,
  password_hash: readText,
  password_hasher: readText,
  language: readText,
  totp_secret: readTotpSecret,
  recovery_codes: readCodes,
} satisfies Record<string, Reader<unknown>>

type Name = keyof typeof READERS
type Values = { [N in Name]?: (typeof READERS)[N] extends Reader<infer T> ? T : never }

/** The names of the fields that a file may have. */
export const FIELD_NAMES = Object.keys(READERS)

/** A fault of one line. It names the field and what it should be, and no value. */
export interface Fault {
  problem: string
}

/**
 * Reads the fields of one user. A field that is missing, null or empty has its default.
 *
 * @returns the user, or the first fault
 */
export function readUser(fields: Fields, remarks: SourceRemark[] = []): SourceUser | Fault {
  const values: Record<string, unknown> = {}
  for (const [name, read] of Object.entries(READERS)) {
    const given = Object.hasOwn(fields, name) ? fields[name] : undefined
    if (given === undefined || given === null || given === '') continue
    const answer = read(given)
    if ('expected' in answer) return { problem: `has the field ${name}, which is not ${answer.expected}` }
    values[name] = answer.value
  }
  return toUser(values as Values, remarks)
}

function toUser(values: Values, remarks: SourceRemark[]): SourceUser | Fault {
  if (values.external_id === undefined) return { problem: 'has no external_id' }
  const hasher = values.password_hasher ?? null
  const hash = spellHash(hasher, values.password_hash ?? '')
  const isNamed = values.first_name !== undefined || values.last_name !== undefined
  const names = splitName(isNamed ? '' : (values.name ?? ''))
  return {
    oldId: values.external_id,
    email: values.email ?? '',
    emailVerified: values.email_verified ?? false,
    firstName: values.first_name ?? names.firstName,
    lastName: values.last_name ?? names.lastName,
    role: values.role ?? 0,
    isActive: values.is_active ?? true,
    createdAt: values.created_at ?? null,
    lastLogin: values.last_login ?? null,
    passwordHash: hash,
    passwordForm: findPasswordForm(hasher, hash),
    language: values.language ?? null,
    remarks,
    totp: values.totp_secret === undefined ? null : { secret: values.totp_secret },
    recoveryCodes: values.recovery_codes ?? null,
  }
}
