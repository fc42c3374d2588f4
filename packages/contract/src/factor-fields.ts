import { tokenField } from './fields.ts'
import { CODE_CHARACTERS, RECOVERY_CODE_MAX_CHARACTERS } from './limits.ts'
import { textField } from './text-field.ts'

/** The code of an authenticator app: six characters without the blanks. A number has lost its leading zeros. */
export function codeField() {
  return textField({
    minCharacters: CODE_CHARACTERS,
    maxCharacters: CODE_CHARACTERS,
    normalize: (text) => text.replace(/\s+/g, ''),
  }).meta({ description: 'Six digits. Blanks are removed.', example: '123456' })
}

/** A recovery code as a person types it. A text that is too long for one is answered as a wrong one. */
export function recoveryCodeField() {
  return textField({ maxCharacters: RECOVERY_CODE_MAX_CHARACTERS, isLookedUp: true, nulls: true }).meta({
    description:
      '24 symbols, or 6 to 20 of a code that was moved in. Case, blanks and hyphens do not matter.',
    example: 'k3f9-0a1b-7xyz-2m4n-p5q6-r8st',
  })
}

/** The secret of a sign-in that waits for its second factor. */
export function challengeField() {
  return tokenField().meta({ description: 'The `challenge_id` of the sign-in.' })
}

/**
 * The secret of a sign-in that must set up a factor, for operations whose access is `setup`. An `Authorization` header
 * decides alone.
 */
export function setupChallengeField() {
  return tokenField().optional().meta({
    description:
      'The `setup_challenge_id` of a sign-in. It stands for the access token, and is ignored beside one.',
  })
}
