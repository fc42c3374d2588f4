// Imported dynamically, at the first use. The package itself cannot be: bundled, it would have only a default export.
import { dictionary } from '@zxcvbn-ts/language-common'

/** Tens of thousands of leaked passwords, in lower case. */
export const COMMON_PASSWORDS: ReadonlySet<string> = new Set(dictionary['passwords-common'])
