import type { SourceUser } from '../records.ts'
import type { Snapshot } from '../snapshot.ts'
import { chooseAddress, type VerifiedAddress } from './choose-address.ts'
import { type FactorRow, readFactors } from './factors.ts'
import type { DjangoTables } from './find-tables.ts'
import type { DjangoOptions, RecoveryCodeRules } from './options.ts'
import { toDate } from './to-date.ts'
import { describeUsers } from './users-statement.ts'

/** What django-allauth makes unless a deployment sets another number. */
export const RECOVERY_CODES: RecoveryCodeRules = { count: 10, digits: 8 }

type UserRow = {
  oldId: string
  email: string | null
  password: string | null
  firstName: string | null
  lastName: string | null
  isActive: boolean | null
  role: number
  /** Milliseconds since the epoch. */
  createdAt: number | null
  lastLogin: number | null
  addresses: VerifiedAddress[] | null
  factors: FactorRow[] | null
  connections: ConnectionRow[] | null
}

/** A row of `socialaccount_socialaccount`, with its times in milliseconds since the epoch. */
type ConnectionRow = [provider: string, uid: string, createdAt: number | null, lastLogin: number | null]

/** Reads the users of a deployment in the order of their keys. */
export async function* readUsers(
  snapshot: Snapshot,
  tables: DjangoTables,
  options: DjangoOptions,
): AsyncIterable<SourceUser[]> {
  for await (const rows of snapshot.stream<UserRow>(describeUsers(tables, options))) {
    yield rows.map((row) => toUser(row, options))
  }
}

function toUser(row: UserRow, options: DjangoOptions): SourceUser {
  const address = chooseAddress(row.email ?? '', row.addresses ?? [])
  const { totp, recoveryCodes, remarks } = readFactors(
    row.factors ?? [],
    options.recoveryCodes ?? RECOVERY_CODES,
  )
  return {
    oldId: row.oldId,
    email: address.email,
    emailVerified: address.isVerified || (options.assumeVerified ?? false),
    firstName: row.firstName ?? '',
    lastName: row.lastName ?? '',
    role: row.role,
    isActive: row.isActive ?? false,
    createdAt: toDate(row.createdAt),
    lastLogin: toDate(row.lastLogin),
    passwordHash: row.password ?? '',
    passwordForm: 1,
    remarks: [...address.others.map((detail) => ({ word: 'secondary_address', detail })), ...remarks],
    totp,
    recoveryCodes,
    ...(row.connections && {
      connections: row.connections.map(([provider, uid, createdAt, lastLogin]) => ({
        provider,
        uid,
        createdAt: toDate(createdAt),
        lastLogin: toDate(lastLogin),
      })),
    }),
  }
}
