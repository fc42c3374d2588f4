// Made from packages/contract by `npm run generate`; a change by hand is lost.

/** The sentences of the server about one field, by name. `{count}` stands for a number. */
export const FIELD_SENTENCES = {
  required: "This field is required.",
  blank: "This field may not be blank.",
  null: "This field may not be null.",
  notAString: "Not a valid string.",
  notAnInteger: "A valid integer is required.",
  notABoolean: "Must be a valid boolean.",
  notATime: "Datetime has wrong format. Use one of these formats instead: YYYY-MM-DDThh:mm:ss[.uuuuuu](+HH:MM|-HH:MM|Z).",
  notAnAddress: "Enter a valid email address.",
  notACursor: "Invalid cursor.",
  notALanguage: "This language is not supported.",
  notALanding: "This address is not one of REDIRECT_URLS.",
  notAReturn: "This address is not one of PROVIDER_RETURN_URLS.",
  notAChallenge: "Enter the S256 of a code verifier (RFC 7636): 43 characters of base64url.",
  notAPrompt: "Enter none, or any of login, consent and select_account, separated by spaces.",
  nullCharacters: "Null characters are not allowed.",
  controlCharacters: "Control characters are not allowed.",
  unprintableCharacters: "Only printable characters are allowed.",
  passwordsDiffer: "The two password fields didn't match.",
  newPasswordsDiffer: "The two password fields didn’t match.",
  passwordTooShort: "This password is too short. It must contain at least 8 characters.",
  passwordTooCommon: "This password is too common.",
  passwordNumeric: "This password is entirely numeric.",
  wrongPassword: "Your password was entered incorrectly.",
  useSecondFactor: "Use your second factor instead.",
  notOneProof: "Give exactly one of password, code, recovery_code, credential and social_code.",
  wrongOldPassword: "Your old password was entered incorrectly. Please enter it again.",
  takenAddress: "A user is already registered with this e-mail address.",
  noMail: "This server sends no mail.",
  noInvitation: "This server sends no mail, so nobody can be invited: choose a password.",
  deactivatedAccount: "The account is deactivated.",
  tooLong: "Ensure this field has no more than {count} characters.",
  tooShort: "Ensure this field has at least {count} characters.",
  tooSmall: "Ensure this value is greater than or equal to {count}.",
  tooLarge: "Ensure this value is less than or equal to {count}.",
  similarToEmailAddress: "The password is too similar to the email address.",
  similarToFirstName: "The password is too similar to the first name.",
  similarToLastName: "The password is too similar to the last name.",
} as const

/** The sentences of `permission_denied` that say more than its code, by name. */
export const DENIAL_SENTENCES = {
  "ownAccount": "You cannot do this to your own account.",
  "lastSuperuser": "This is the last active superuser; make another one first."
} as const

/** The sentences of a 401 about a mailed link: it is void, or it was not opened. A refused access token has others. */
export const DEAD_LINK_SENTENCES: readonly string[] = [
  "Token is invalid or expired",
  "Authentication credentials were not provided."
]
