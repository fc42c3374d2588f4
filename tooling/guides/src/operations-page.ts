import { REFERENCE_SETTINGS } from '@latchkey/contract'
import { type Endpoint, listEndpoints } from '../../../apps/server/src/doors/rest/endpoints.ts'
import { createRouter } from '../../../apps/server/src/procedures/router.ts'

/**
 * The calls without fields, because the client knows the tokens, those that are functions of `links`, and those that end
 * what `social.begin` began: `address` has the code.
 */
const CLIENT_CALLS: Record<string, string> = {
  'auth.refresh': 'client.session.accessToken()',
  'auth.logout': 'client.logout()',
  'registration.verify': 'verifyEmail(client, { key })',
  'email.confirmChange': 'confirmEmailChange(client, { key })',
  'social.session': "social.finish({ purpose: 'sign_in', verifier: code_verifier }, address)",
  'social.connect': "social.finish({ purpose: 'connect', verifier: code_verifier }, address)",
}

/** The types of fields that are not text. */
const FIELD_TYPES: Record<string, string> = {
  limit: 'number',
  role: 'number',
  is_active: 'boolean',
  email_verified: 'boolean',
  replace: 'boolean',
  credential: "PasskeyCredential & RegisterPasskeyInput['credential']",
}

/** The first words of the calls of other entries of the client. */
const ENTRIES = ['staff', 'mfa', 'passkeys', 'reauthenticate', 'reauthenticateOptions', 'social']

/** The beginning of the page. */
const INTRODUCTION = `# Every operation, side by side

Every operation has one definition and can be called by REST, tRPC and the client. \`client\` is \`createClient(…)\` of
\`@latchkey/client\`, and \`staff\` is \`createStaffOperations(client)\` of \`@latchkey/client/staff\`. \`mfa\`, \`passkeys\`,
\`reauthenticate\` and \`reauthenticateOptions\` are of \`createMfaOperations(client)\` of \`@latchkey/client/mfa\`.
\`social\` is \`createSocialOperations(client)\` of \`@latchkey/client/social\`; \`address\` is the one that a browser came back to, with
\`code\`, and a page calls \`social.complete()\` in place of \`social.finish\`. \`verifyEmail\` and \`confirmEmailChange\` are from \`@latchkey/client/links\`. \`trpc\` is \`createTrpcClient(client)\` of
\`@latchkey/client/trpc\`, or any tRPC client with its \`AppRouter\`. Fields and refusals are the same for all three. A
refusal is \`error.code\` and \`error.fields\` of the client, \`error.data.code\` and \`error.data.fields\` of tRPC, and the
body over REST.

\`npm run generate\` makes this page from the server's list of operations.
`

/** One operation, as REST, tRPC and the client call it. */
export interface Row {
  summary: string
  rest: string
  trpc: string
  client: string
}

/** Lists every operation of the server. */
export function listRows(): Row[] {
  return listEndpoints(createRouter(REFERENCE_SETTINGS)).map((endpoint) => {
    const { procedurePath, summary, method, path, meta } = endpoint
    const type = endpoint.procedure._def.type === 'query' ? 'query' : 'mutate'
    const input = describeInput(endpoint)
    return {
      summary,
      rest: describeRest(endpoint, method, path),
      trpc: `trpc.${procedurePath}.${type}(${input})`,
      client: CLIENT_CALLS[procedurePath] ?? `${placeOf(meta.client ?? procedurePath)}(${input})`,
    }
  })
}

/** The operations of some groups are in entries of their own. */
function placeOf(call: string): string {
  return ENTRIES.includes(call.split('.')[0] ?? '') ? call : `client.${call}`
}

function describeRest(endpoint: Endpoint, method: string, path: string): string {
  const fields = listFields(endpoint).filter((field) => !endpoint.params.includes(field))
  return [method, path, ...(fields.length > 0 ? [`{ ${fields.join(', ')} }`] : [])].join(' ')
}

function describeInput(endpoint: Endpoint): string {
  const fields = listFields(endpoint)
  return fields.length > 0 ? `{ ${fields.join(', ')} }` : ''
}

/** Lists the names of the fields, without fields that are accepted and ignored. */
function listFields({ procedure, procedurePath }: Endpoint): string[] {
  const [input] = procedure._def.inputs as unknown as [{ shape?: object } | undefined]
  return Object.keys(input?.shape ?? {}).filter(
    (name) => !(name === 'email' && procedurePath === 'user.update'),
  )
}

/** Writes the page: a table for readers, and the same calls as a program that the tests compile. */
export function createOperationsPage(): string {
  const rows = listRows()
  const cell = (text: string) => `\`${text}\``
  const table = rows.map(({ summary, rest, trpc, client }) =>
    ['', summary, cell(rest), cell(trpc), cell(client), ''].join(' | ').trim(),
  )
  const head = ['| | REST | tRPC | client |', '| --- | --- | --- | --- |']
  return `${INTRODUCTION}\n${[...head, ...table].join('\n')}\n\n${createProgram(rows)}`
}

function createProgram(rows: Row[]): string {
  const names = new Set(rows.flatMap(({ trpc }) => [...trpc.matchAll(/[{,] (\w+)/g)].map(([, name]) => name)))
  names.add('address')
  const calls = new Set(rows.flatMap(({ trpc, client }) => [trpc, client]))
  return `The same calls as a program, which the tests compile and run:

\`\`\`ts file=operations.ts
import { createClient, type RegisterPasskeyInput } from '@latchkey/client'
import { confirmEmailChange, verifyEmail } from '@latchkey/client/links'
import { createMfaOperations, type PasskeyCredential } from '@latchkey/client/mfa'
import { createSocialOperations } from '@latchkey/client/social'
import { createStaffOperations } from '@latchkey/client/staff'
import { createTrpcClient } from '@latchkey/client/trpc'

const client = createClient({ baseUrl: 'http://localhost:3000' })
const { mfa, passkeys, reauthenticate, reauthenticateOptions } = createMfaOperations(client)
const social = createSocialOperations(client)
const staff = createStaffOperations(client)
const trpc = createTrpcClient(client)

interface Fields {
${[...names].map((name) => `  ${name}: ${FIELD_TYPES[name ?? ''] ?? 'string'}`).join('\n')}
}

export function listCalls(fields: Fields) {
  const { ${[...names].join(', ')} } = fields
  return [
${[...calls].map((call) => `    () => ${call},`).join('\n')}
  ]
}
\`\`\`

## Next

[The contract](../contract.md) defines each field, answer and refusal. [The client](../../packages/client/README.md) has more
than calls.
`
}
