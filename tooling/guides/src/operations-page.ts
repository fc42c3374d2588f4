import { REFERENCE_SETTINGS } from '@latchkey/contract'
import { type Endpoint, listEndpoints } from '../../../apps/server/src/doors/rest/endpoints.ts'
import { createRouter } from '../../../apps/server/src/procedures/router.ts'

/** Calls of the client that take no fields: it knows its refresh token by itself, or refreshes by itself. */
const CLIENT_CALLS: Record<string, string> = {
  'auth.refresh': 'client.session.accessToken()',
  'auth.logout': 'client.logout()',
}

/** What is no text. */
const FIELD_TYPES: Record<string, string> = { limit: 'number', role: 'number', is_active: 'boolean' }

/** Where the page shows the same call for a second method, a note says why. */
const INTRODUCTION = `# Every operation, side by side

One definition, three doors. \`client\` is \`createClient(…)\` of \`@latchkey/client\`; \`trpc\` is \`createTrpcClient(client)\` of
\`@latchkey/client/trpc\`, or any tRPC client with its \`AppRouter\`. Fields and refusals are the same through each: a refusal
is \`error.code\` and \`error.fields\` of the client, \`error.data.code\` and \`error.data.fields\` of tRPC, and the body over REST.

The page is made from the server's own list of operations, by \`npm run generate\`.
`

/** One operation, through each door. */
export interface Row {
  summary: string
  rest: string
  trpc: string
  client: string
}

/** Every operation of the server through each of its doors. */
export function listRows(): Row[] {
  return listEndpoints(createRouter(REFERENCE_SETTINGS)).map((endpoint) => {
    const { procedurePath, summary, method, path, meta } = endpoint
    const type = endpoint.procedure._def.type === 'query' ? 'query' : 'mutate'
    const input = describeInput(endpoint)
    return {
      summary,
      rest: describeRest(endpoint, method, path),
      trpc: `trpc.${procedurePath}.${type}(${input})`,
      client: CLIENT_CALLS[procedurePath] ?? `client.${meta.client ?? procedurePath}(${input})`,
    }
  })
}

function describeRest(endpoint: Endpoint, method: string, path: string): string {
  const fields = listFields(endpoint).filter((field) => !endpoint.params.includes(field))
  return [method, path, ...(fields.length > 0 ? [`{ ${fields.join(', ')} }`] : [])].join(' ')
}

function describeInput(endpoint: Endpoint): string {
  const fields = listFields(endpoint)
  return fields.length > 0 ? `{ ${fields.join(', ')} }` : ''
}

/** The names of the fields; what is only accepted and ignored is left out. */
function listFields({ procedure, procedurePath }: Endpoint): string[] {
  const [input] = procedure._def.inputs as unknown as [{ shape?: object } | undefined]
  return Object.keys(input?.shape ?? {}).filter(
    (name) => !(name === 'email' && procedurePath === 'user.update'),
  )
}

/** Writes the page: a table for the eye, and the same calls as a program that is compiled. */
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
  const calls = new Set(rows.flatMap(({ trpc, client }) => [trpc, client]))
  return `The same calls as a program, which the tests compile and run:

\`\`\`ts file=operations.ts
import { createClient } from '@latchkey/client'
import { createTrpcClient } from '@latchkey/client/trpc'

const client = createClient({ baseUrl: 'http://localhost:3000' })
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
`
}
