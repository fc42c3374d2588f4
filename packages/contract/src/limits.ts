/** Code points of a normalised address. */
export const EMAIL_MAX_CHARACTERS = 254
/** UTF-16 units of the part of an address before its `@`. */
export const EMAIL_LOCAL_PART_MAX_CHARACTERS = 64
/** Code points of an NFC-normalised password. */
export const PASSWORD_MIN_CHARACTERS = 8
/** Code points of an NFC-normalised password. */
export const PASSWORD_MAX_CHARACTERS = 128
/** Code points of a first or last name, trimmed. */
export const NAME_MAX_CHARACTERS = 150
/** Code points of a text to search for. */
export const SEARCH_MAX_CHARACTERS = 254
/** The largest role: that of a column of two bytes. */
export const ROLE_MAX = 32_767
/** Items per page of a list, when a caller sends no `limit`. */
export const PAGE_DEFAULT_LIMIT = 50
/** Items per page of a list. */
export const PAGE_MAX_LIMIT = 100
/** Bytes of a request body. */
export const BODY_MAX_BYTES = 64 * 1024
