import { PASSWORD_MIN_CHARACTERS } from './limits.ts'

/** The sentence of a sign-up for two passwords that differ. Forms recognise it to place it beside the right field. */
export const PASSWORDS_DIFFER = "The two password fields didn't match."

/** The sentences about one field, word for word. Clients of the contract compare some of them. */
export const SENTENCES = {
  required: 'This field is required.',
  blank: 'This field may not be blank.',
  null: 'This field may not be null.',
  notAString: 'Not a valid string.',
  notAnInteger: 'A valid integer is required.',
  notABoolean: 'Must be a valid boolean.',
  notATime:
    'Datetime has wrong format. Use one of these formats instead: YYYY-MM-DDThh:mm:ss[.uuuuuu](+HH:MM|-HH:MM|Z).',
  notAnAddress: 'Enter a valid email address.',
  notACursor: 'Invalid cursor.',
  notALanguage: 'This language is not supported.',
  notALanding: 'This address is not one of REDIRECT_URLS.',
  notAReturn: 'This address is not one of PROVIDER_RETURN_URLS.',
  notAChallenge: 'Enter the S256 of a code verifier (RFC 7636): 43 characters of base64url.',
  notAPrompt: 'Enter none, or any of login, consent and select_account, separated by spaces.',
  nullCharacters: 'Null characters are not allowed.',
  controlCharacters: 'Control characters are not allowed.',
  unprintableCharacters: 'Only printable characters are allowed.',
  passwordsDiffer: PASSWORDS_DIFFER,
  /** With the typographic apostrophe U+2019: the original library writes the two sentences differently. */
  newPasswordsDiffer: 'The two password fields didn\u2019t match.',
  passwordTooShort: `This password is too short. It must contain at least ${PASSWORD_MIN_CHARACTERS} characters.`,
  passwordTooCommon: 'This password is too common.',
  passwordNumeric: 'This password is entirely numeric.',
  wrongPassword: 'Your password was entered incorrectly.',
  useSecondFactor: 'Use your second factor instead.',
  notOneProof: 'Give exactly one of password, code, recovery_code, credential and social_code.',
  wrongOldPassword: 'Your old password was entered incorrectly. Please enter it again.',
  takenAddress: 'A user is already registered with this e-mail address.',
  noMail: 'This server sends no mail.',
  noInvitation: 'This server sends no mail, so nobody can be invited: choose a password.',
  deactivatedAccount: 'The account is deactivated.',
} as const

/** The sentences of `permission_denied` that say more than the catalogue. Clients recognise them. */
export const DENIALS = {
  ownAccount: 'You cannot do this to your own account.',
  lastSuperuser: 'This is the last active superuser; make another one first.',
} as const

/** The sentence of a refused refresh whose session was unused for too long. Clients recognise it. */
export const TOKEN_EXPIRED = 'Token is expired'

/** The sentence for a text that is too long. */
export function tooLong(maxCharacters: number): `Ensure this field has no more than ${number} characters.` {
  return `Ensure this field has no more than ${maxCharacters} characters.`
}

/** The sentence for a text that is too short. */
export function tooShort(minCharacters: number): `Ensure this field has at least ${number} characters.` {
  return `Ensure this field has at least ${minCharacters} characters.`
}

/** The sentence for a number that is too small. */
export function tooSmall(min: number): `Ensure this value is greater than or equal to ${number}.` {
  return `Ensure this value is greater than or equal to ${min}.`
}

/** The sentence for a number that is too large. */
export function tooLarge(max: number): `Ensure this value is less than or equal to ${number}.` {
  return `Ensure this value is less than or equal to ${max}.`
}

/** What a password must not resemble, as {@link passwordTooSimilar} names it. */
export const PASSWORD_ATTRIBUTES = ['email address', 'first name', 'last name'] as const

/** The sentence for a password that resembles the address or a name of its user. */
export function passwordTooSimilar<Attribute extends (typeof PASSWORD_ATTRIBUTES)[number]>(
  attribute: Attribute,
): `The password is too similar to the ${Attribute}.` {
  return `The password is too similar to the ${attribute}.`
}

/** Every sentence about a field. Clients describe each of them to people, so there are no other ones. */
export type FieldSentence =
  | (typeof SENTENCES)[keyof typeof SENTENCES]
  | ReturnType<typeof tooLong | typeof tooShort | typeof tooSmall | typeof tooLarge>
  | ReturnType<typeof passwordTooSimilar>

/** The hint of a form beside the field of a new password. */
export const PASSWORD_HINT = `At least ${PASSWORD_MIN_CHARACTERS} characters. A few words that do not belong together are easy to remember and hard to guess.`
