import type { SampleToken } from './sample-token.ts'

/** What an operator can say about a deployment whose tables do not follow the names of django-jwt-allauth. */
export interface DjangoOptions {
  /** The exact name of the table of users; found by the foreign keys unless given. */
  userTable?: string
  /** The exact name of the table of refresh tokens, where several point at the table of users. */
  sessionTable?: string
  /** The schema of the tables; the search path of the role unless given. */
  schema?: string
  /** Names of columns of the table of users that differ: `{ email: 'mail' }`. */
  columns?: Partial<Record<UserColumn, string>>
  /** Every address counts as verified. Only for a deployment without a table of addresses. */
  assumeVerified?: boolean
  /** The name of the source, where the database cannot name itself. */
  source?: string
  /** Staff who are superusers get role 900. They keep 1000 unless given. */
  promoteSuperusers?: boolean
  /** `MFA_RECOVERY_CODE_COUNT` and `MFA_RECOVERY_CODE_DIGITS` of the deployment. No row holds them. */
  recoveryCodes?: RecoveryCodeRules
  /** Is checked before the first row is read. */
  sample?: SampleToken
}

/** How django-allauth makes the recovery codes of a seed. */
export interface RecoveryCodeRules {
  count: number
  digits: number
}

/** The columns of the table of users that can be renamed, by their name in django-jwt-allauth. */
export const USER_COLUMNS = [
  'id',
  'email',
  'password',
  'first_name',
  'last_name',
  'is_active',
  'is_staff',
  'is_superuser',
  'role',
  'date_joined',
  'last_login',
] as const

/** A column of the table of users, by its name in django-jwt-allauth. */
export type UserColumn = (typeof USER_COLUMNS)[number]
