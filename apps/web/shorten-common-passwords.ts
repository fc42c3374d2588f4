import { isNumeric, isTooShort } from '@latchkey/contract/password-rules'
import { dictionary } from '@zxcvbn-ts/language-common'
import type { Plugin } from 'vite'

/** Lists the common passwords that no other rule of a new password refuses: a third of them. */
export function listUsefulPasswords(): string[] {
  return dictionary['passwords-common'].filter((word) => !isTooShort(word) && !isNumeric(word)).sort()
}

/**
 * Puts the useful passwords in the place of all lists of the package.
 *
 * They are a file of their own in the build, which the portal loads when a new password is typed.
 */
export const shortenCommonPasswords: Plugin = {
  name: 'latchkey-common-passwords',
  apply: 'build',
  transform: {
    filter: { id: /@zxcvbn-ts\/language-common\/dist\/index\.mjs/ },
    handler() {
      const list = JSON.stringify(listUsefulPasswords().join('\n'))
      return `export const dictionary = { 'passwords-common': ${list}.split('\\n') }`
    },
  },
}
