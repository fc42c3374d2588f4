import { REFUSALS, type RefusalWords } from '@latchkey/contract'
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
`
}
