// This file is imported dynamically at the first use. In the bundle, a package that is imported dynamically has only
// its default export, so the static import of the package stands here.
import { dictionary } from '@zxcvbn-ts/language-common'

/** Tens of thousands of leaked passwords, in lower case. */
export const COMMON_PASSWORDS: ReadonlySet<string> = new Set(dictionary['passwords-common'])
