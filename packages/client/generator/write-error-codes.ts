import { REFUSALS, type RefusalWords, TOKEN_EXPIRED } from '@latchkey/contract'
import { printDocs } from './print-docs.ts'

/** Writes the codes of the refusals. A refusal that is sent under the code of another refusal has no own code. */
export function writeErrorCodes(): string {
  const refusals: [string, RefusalWords][] = Object.entries(REFUSALS)
  const codes = refusals
    .filter(([, { as }]) => as === undefined)
    .map(
      ([code, { status, sentence }]) =>
        `${printDocs([`${status}: ${sentence}`], { indent: '  ' })}  '${code}',\n`,
    )
  return `/** The codes by which the server refuses a request, with the status and the usual sentence of each. */
export const REFUSAL_CODES = [
${codes.join('')}] as const

/** The sentence of a refused refresh whose session was unused for too long. The code of this refusal has other causes too. */
export const TOKEN_EXPIRED = '${TOKEN_EXPIRED}'
`
}
