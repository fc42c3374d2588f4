import { type ContractSettings, type DpopMode, REFUSALS, type RefusalWords, TAGS } from '@latchkey/contract'
import { VERSION } from '../../../version.ts'
import type { Document } from './types.ts'

/** The groups of operations, in the order in which a page shows them. */
export const TAG_LIST = Object.entries(TAGS).map(([name, description]) => ({ name, description }))

/** Describes the server: what the document is of, whose it is, and what holds for every operation. */
export function describeServer(
  publicUrl: string,
  settings: Pick<ContractSettings, 'cookieMode' | 'dpop'>,
): Pick<Document, 'info' | 'servers'> {
  return {
    info: {
      title: 'Latchkey',
      version: VERSION,
      description: introduce(publicUrl, settings),
      license: { name: 'MIT', identifier: 'MIT' },
      contact: { name: 'The operator of this server', url: publicUrl },
    },
    servers: [{ url: publicUrl, description: 'This server' }],
  }
}

const BODY_TOKENS = `Sign in with \`POST /login/\`. The answer has an access token and a refresh token. Send the access token as
\`Authorization: Bearer <access>\`. It lives for minutes. \`POST /refresh/\` exchanges the refresh token for a new pair. A refresh
token works once: keep the new one at once.`

const COOKIE_TOKENS = `Sign in with \`POST /login/\`. The answer has an access token, and sets a cookie with the refresh token. Send the
access token as \`Authorization: Bearer <access>\`. It lives for minutes. \`POST /refresh/\` with the cookie gives a new one. Other
sites' pages are refused.`

const BINDING = `
A session can be bound to a key that stays on the device (RFC 9449). The request that opens it has a \`DPoP\` header with a
proof by that key, and the answer says \`"bound": true\`. Each \`POST /refresh/\` then needs a proof with the nonce of the last
\`DPoP-Nonce\` header. With it an older refresh token works too, so a lost answer is no loss. Access tokens stay bearers.
`

/** What the proofs of a key do, per mode. */
const BOUND_SESSIONS: Record<DpopMode, string> = {
  optional: BINDING,
  required: `${BINDING}This server opens no session without a proof.\n`,
  off: '',
}

/** What holds for every operation, and the table of codes. It is CommonMark. */
function introduce(
  publicUrl: string,
  { cookieMode, dpop }: Pick<ContractSettings, 'cookieMode' | 'dpop'>,
): string {
  return `Accounts and sessions over plain HTTP, below ${publicUrl}

## Tokens

${cookieMode ? COOKIE_TOKENS : BODY_TOKENS}
${BOUND_SESSIONS[dpop]}
## Requests

- A path works with and without its trailing slash.
- A body is JSON, of at most 64 KiB. Unknown fields are ignored.
- The same fields are read from a form too: \`application/x-www-form-urlencoded\` or \`multipart/form-data\`. A field that is an
  object, such as \`credential\`, comes as JSON only.
- A list has pages: send the \`next_cursor\` of an answer as \`cursor\`.

## Answers

- Times are ISO 8601 in UTC.
- Refused fields are 400: one key for each failing field, with an array of sentences. Faults of several fields stand under
  \`non_field_errors\`.
- Every other refusal has a \`detail\` for people and a \`code\` for programs. Decide by the code.
- \`X-Request-Id\` names the request in the log of the server. Show it in a report of a fault.
- 429 and 503 have \`Retry-After\`, in seconds.
- Refusals that any operation may give stand under \`default\`. The table has their statuses.

## Codes

| code | status | sentence |
| --- | --- | --- |
${Object.entries<RefusalWords>(REFUSALS).filter(isSent).map(printRow).join('\n')}
`
}

/** Over REST the body of refused fields has no code. */
function isSent([code]: [string, RefusalWords]): boolean {
  return code !== 'invalid'
}

function printRow([code, { as, status, sentence }]: [string, RefusalWords]): string {
  return `| \`${as ?? code}\` | ${status} | ${sentence} |`
}
