import { REFUSALS, type RefusalCode, type RefusalWords, TOKEN_EXPIRED } from '@latchkey/contract'
import { listSocialCodes, SOCIAL_CODES } from './entry-codes.ts'
import { printDocs } from './print-docs.ts'
import { SECOND_FACTOR_CODES } from './second-factor-codes.ts'

/** A refusal that is sent under the code of another refusal has no own code. */
const CODES = Object.entries<RefusalWords>(REFUSALS).filter(([, { as }]) => as === undefined)
const OF_ENTRIES = [...SECOND_FACTOR_CODES, ...SOCIAL_CODES]

/** Writes the codes of the refusals that the main entry knows. */
export function writeErrorCodes(): string {
  return `/** The codes by which the server refuses a request, with the status and the usual sentence of each. */
export const REFUSAL_CODES = [
${printCodes((code) => !OF_ENTRIES.includes(code))}] as const

/** The sentence of a refused refresh whose session was unused for too long. The code of this refusal has other causes too. */
export const TOKEN_EXPIRED = '${TOKEN_EXPIRED}'
`
}

/** Writes the codes of the refusals that only operations on second factors are answered with. */
export function writeMfaErrorCodes(): string {
  return `/** The codes by which the server refuses an operation on second factors, with the status and the usual sentence of each. */
export const MFA_REFUSAL_CODES = [
${printCodes((code) => SECOND_FACTOR_CODES.includes(code))}] as const
`
}

/** Writes the codes of the refusals that operations on accounts at other providers are answered with. */
export function writeSocialErrorCodes(): string {
  const codes = listSocialCodes()
  return `/** The codes by which the server refuses an operation of the entry, with the status and the usual sentence of each. */
export const SOCIAL_REFUSAL_CODES = [
${printCodes((code) => codes.includes(code))}] as const
`
}

function printCodes(isListed: (code: RefusalCode) => boolean): string {
  const listed = CODES.filter(([code]) => isListed(code as RefusalCode))
  const lines = listed.map(
    ([code, { status, sentence }]) =>
      `${printDocs([`${status}: ${sentence}`], { indent: '  ' })}  '${code}',\n`,
  )
  return lines.join('')
}
