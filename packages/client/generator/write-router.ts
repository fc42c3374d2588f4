import { type Group, groupOperations } from './group-operations.ts'
import { importTypes } from './import-types.ts'
import { printDocs } from './print-docs.ts'
import type { ClientOperation } from './read-operations.ts'

/** Writes the type of the tRPC procedures. */
export function writeRouter(operations: readonly ClientOperation[]): string {
  const root = groupOperations(operations, ({ procedure }) => procedure)
  const record = `/** The tRPC procedures by path. */\nexport type AppRouterRecord = ${printRecord(root, '')}\n`
  return `import type { TRPCMutationProcedure, TRPCQueryProcedure } from '@trpc/server'
${importTypes(record, operations)}${TYPES}
${record}`
}

const TYPES = `/** The tokens in the answer of an operation that signs in; in cookie mode without \`refresh\`. */
export interface Tokens {
  access: string
  refresh?: string
  /** The session is bound to the key of a DPoP proof. */
  bound?: true
}

type Mutation<Input, Output> = TRPCMutationProcedure<{ input: Input; output: Output; meta: object }>
type Query<Input, Output> = TRPCQueryProcedure<{ input: Input; output: Output; meta: object }>
type Nothing = Record<string, never> | undefined
`

function printRecord({ operations, groups }: Group, indent: string): string {
  const inner = `${indent}  `
  const procedures = operations.map(({ name, operation }) => {
    const type = operation.kind === 'query' ? 'Query' : 'Mutation'
    const types = `${operation.input?.type ?? 'Nothing'}, ${operation.answer.type}`
    return `${printDocs([operation.summary], { indent: inner })}${inner}${name}: ${type}<${types}>\n`
  })
  const below = groups.map(({ name, group }) => `${inner}${name}: ${printRecord(group, inner)}\n`)
  return `{\n${[...procedures, ...below].join('')}${indent}}`
}
