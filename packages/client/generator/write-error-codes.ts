import { REFUSALS, type RefusalWords } from '@latchkey/contract'
import { printDocs } from './print-docs.ts'

/** Writes the codes by which the server refuses; a refusal that travels under another code has none of its own. */
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
