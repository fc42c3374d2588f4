import {
  authenticatorList,
  mfaStatus,
  type OperationName,
  ownPasskey,
  passkeyCreation,
  passkeyRequest,
  pendingEmailChange,
  secondFactorRequired,
  securityEvent,
  session,
  setupRequired,
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
  {
    schema: secondFactorRequired,
    name: 'SecondFactorAnswer',
    description: 'The answer to a right first factor where the second one is due.',
  },
  {
    schema: setupRequired,
    name: 'SetupAnswer',
    description: 'The answer to a right first factor where a second one has to be set up.',
  },
  { schema: mfaStatus, name: 'MfaStatus', description: 'The second factors of a user.' },
  {
    schema: authenticatorList.element,
    name: 'Authenticator',
    description: 'An authenticator app, the recovery codes, or a passkey.',
  },
  { schema: ownPasskey, name: 'Passkey', description: 'A passkey of a user.' },
  { schema: passkeyCreation, name: 'PasskeyCreation', description: 'What a browser makes a passkey for.' },
  { schema: passkeyRequest, name: 'PasskeyRequest', description: 'What a browser asks a passkey for.' },
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
