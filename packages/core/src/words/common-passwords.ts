// A file of its own, loaded at the first use: the bundle gives a package that is imported late its default export alone.
import { dictionary } from '@zxcvbn-ts/language-common'

/** Tens of thousands of leaked passwords, in lower case. */
export const COMMON_PASSWORDS: ReadonlySet<string> = new Set(dictionary['passwords-common'])
