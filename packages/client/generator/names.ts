import {
  type OperationName,
  pendingEmailChange,
  securityEvent,
  session,
  staffEvent,
  staffUser,
  userDetails,
} from '@latchkey/contract'
import type { z } from 'zod'

/** A published type for an answer of the contract. */
export interface AnswerName {
  schema: z.ZodObject
  name: string
  description: string
}

/** The published types of the answers that several operations share. */
export const ANSWER_NAMES: readonly AnswerName[] = [
  { schema: userDetails, name: 'User', description: 'The details of a user, as the user sees them.' },
  {
    schema: pendingEmailChange,
    name: 'PendingEmailChange',
    description: 'A change of address that waits for its link.',
  },
  { schema: session, name: 'SessionInfo', description: 'A session of a user.' },
  { schema: securityEvent, name: 'SecurityEvent', description: 'An event of a user.' },
  { schema: staffEvent, name: 'StaffEvent', description: 'An event of a user, as staff see it.' },
  { schema: staffUser, name: 'StaffAccount', description: 'A user, as staff see the user.' },
]

/**
 * The published types of inputs.
 *
 * An unlisted input with many fields is named after its operation. An unlisted input with few fields is written out.
 */
export const INPUT_NAMES: Partial<Record<OperationName, string>> = {
  login: 'LoginInput',
  register: 'RegisterInput',
  changePassword: 'PasswordChangeInput',
  setNewPassword: 'NewPasswordInput',
  requestEmailChange: 'EmailChangeInput',
  updateOwnUser: 'UserUpdate',
  listSecurityEvents: 'PageInput',
  listUsers: 'StaffUserFilter',
  createUser: 'StaffAccountInput',
}

/** The environment variable by which an operator changes a setting that makes a field optional. */
export const SETTING_VARIABLES = {
  cookieMode: 'REFRESH_TOKEN_AS_COOKIE=true',
  namesRequired: 'REGISTRATION_NAMES_REQUIRED=false',
  oldPasswordRequired: 'OLD_PASSWORD_FIELD_ENABLED=false',
} as const
