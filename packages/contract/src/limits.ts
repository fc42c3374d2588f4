/** Of a normalised address, in code points. */
export const EMAIL_MAX_CHARACTERS = 254
/** Of the part of an address before its `@`, in UTF-16 units. */
export const EMAIL_LOCAL_PART_MAX_CHARACTERS = 64
/** Of an NFC-normalised password, in code points. */
export const PASSWORD_MIN_CHARACTERS = 8
/** Of an NFC-normalised password, in code points. */
export const PASSWORD_MAX_CHARACTERS = 128
/** Of a first or last name, trimmed, in code points. */
export const NAME_MAX_CHARACTERS = 150
/** Of a text to search for, in code points. */
export const SEARCH_MAX_CHARACTERS = 254
/** The largest role, that of a column of two bytes. */
export const ROLE_MAX = 32_767
/** Items of a page of a list, unless a caller asks for fewer or more. */
export const PAGE_DEFAULT_LIMIT = 50
/** Items of a page of a list. */
export const PAGE_MAX_LIMIT = 100
/** Of a request body. */
export const BODY_MAX_BYTES = 64 * 1024
