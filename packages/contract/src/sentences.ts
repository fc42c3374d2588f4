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
  notAnAddress: 'Enter a valid email address.',
  notACursor: 'Invalid cursor.',
  notALanding: 'This address is not one of REDIRECT_URLS.',
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
  wrongOldPassword: 'Your old password was entered incorrectly. Please enter it again.',
  takenAddress: 'A user is already registered with this e-mail address.',
} as const

/** The sentence for a text that is too long. */
export function tooLong(maxCharacters: number): string {
  return `Ensure this field has no more than ${maxCharacters} characters.`
}

/** The sentence for a number that is too small. */
export function tooSmall(min: number): string {
  return `Ensure this value is greater than or equal to ${min}.`
}

/** The sentence for a number that is too large. */
export function tooLarge(max: number): string {
  return `Ensure this value is less than or equal to ${max}.`
}

/** The sentence for a password that resembles the address or a name of its user. */
export function passwordTooSimilar(attribute: string): string {
  return `The password is too similar to the ${attribute}.`
}

/** The hint of a form beside the field of a new password. */
export const PASSWORD_HINT = `At least ${PASSWORD_MIN_CHARACTERS} characters. A few words that do not belong together are easy to remember and hard to guess.`
