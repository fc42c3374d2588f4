/** Code points of a normalised address that is stored. */
export const EMAIL_MAX_CHARACTERS = 254
/** Code points of an address that is only looked up: 64 before the `@`, 255 after it (RFC 5321, section 4.5.3.1). */
export const KNOWN_EMAIL_MAX_CHARACTERS = 320
/** UTF-16 units of the part of an address before its `@`. */
export const EMAIL_LOCAL_PART_MAX_CHARACTERS = 64
/** Code points of an NFC-normalised password. */
export const PASSWORD_MIN_CHARACTERS = 8
/** Code points of an NFC-normalised password that is set. */
export const PASSWORD_MAX_CHARACTERS = 128
/** Code points of a password that is only checked, as it was typed. An imported password may be longer than a new one. */
export const CHECKED_PASSWORD_MAX_CHARACTERS = 4096
/** Code points of a first or last name, trimmed. */
export const NAME_MAX_CHARACTERS = 150
/** Digits of a code of an authenticator app. */
export const CODE_CHARACTERS = 6
/** Characters of a recovery code as it is typed. A code has 24 symbols in groups of four. */
export const RECOVERY_CODE_MAX_CHARACTERS = 128
/** Characters of an id. */
export const ID_MAX_CHARACTERS = 36
/** Characters of a token. Ours have a few hundred, and an imported one is no longer than a header can be. */
export const TOKEN_MAX_CHARACTERS = 2048
/** Characters of each text of a credential: an id of 1,023 bytes and a key of 2 KiB are far below. */
export const CREDENTIAL_TEXT_MAX_CHARACTERS = 8192
/** Characters of a token or a code of another provider. Its tokens name groups and scopes, so they are longer than ours. */
export const PROVIDER_TOKEN_MAX_CHARACTERS = 8192
/** Characters of an address that a provider sends its answer to, or of a verifier or nonce of a client. */
export const PROVIDER_TEXT_MAX_CHARACTERS = 512
/** The ways to an authenticator that a credential may name. */
export const TRANSPORTS_MAX = 20
/** Code points of the name of a passkey, trimmed. */
export const PASSKEY_NAME_MAX_CHARACTERS = 60
/** Characters of a language tag, as RFC 5646 section 4.4.1 recommends. */
export const LANGUAGE_MAX_CHARACTERS = 35
/** Code points of a text to search for. */
export const SEARCH_MAX_CHARACTERS = 254
/** Characters of the address that a mailed link leads on to. */
export const LANDING_MAX_CHARACTERS = 500
/** Characters of the address to which a sign-in with a provider returns. */
export const RETURN_URL_MAX_CHARACTERS = 500
/** The largest role: that of a column of two bytes. */
export const ROLE_MAX = 32_767
/** Items per page of a list, when a caller sends no `limit`. */
export const PAGE_DEFAULT_LIMIT = 50
/** Items per page of a list. */
export const PAGE_MAX_LIMIT = 100
/** Bytes of a request body. */
export const BODY_MAX_BYTES = 64 * 1024
