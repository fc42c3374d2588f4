import {
  EVERY_SETTINGS,
  type OperationDefinition,
  REFERENCE_SETTINGS,
  resolveOperation,
  userDetails,
} from '@latchkey/contract'
import { OWN_OPERATIONS } from './own-operations.ts'
import { type Body, readAnswer, readInput } from './read-bodies.ts'

/** The operations of a contract, by name. */
export type Contract = Readonly<Record<string, OperationDefinition>>

/** One operation, as the client needs it. */
export interface ClientOperation {
  name: string
  /** Its place in the client: `['staff', 'users', 'list']`; null when only the client itself calls it. */
  call: readonly string[] | null
  /** Its place in the tRPC router. */
  procedure: readonly string[]
  kind: 'query' | 'mutation'
  method: string
  /** The method and the path of the contract: `GET /staff/users/{id}/`. */
  route: string
  /** The other routes of the operation, such as that of the button on the page of a mailed link. */
  furtherRoutes: readonly string[]
  /** Whether the path has parameters. */
  hasParams: boolean
  /** Whether a signed-out visitor may call it. */
  isPublic: boolean
  /** Whether the client has it written by hand. */
  isOwn: boolean
  /** Whether its answer is the own user. */
  answersUser: boolean
  /** Whether it changes what people see of the own user. */
  changesUser: boolean
  summary: string
  description: string | undefined
  input: Body | null
  answer: Body
}

/** Reads the operations of a contract, in the order of the contract. */
export function readOperations(contract: Contract): ClientOperation[] {
  return Object.entries(contract).map(([name, definition]) => readOperation(name, definition))
}

function readOperation(name: string, definition: OperationDefinition): ClientOperation {
  const { method, path, access, client, procedure, summary } = definition
  const { kind, description, changesUser } = resolveOperation(definition, REFERENCE_SETTINGS)
  return {
    name,
    call: client === null ? null : (client ?? procedure).split('.'),
    procedure: procedure.split('.'),
    kind,
    method,
    route: `${method} ${path}`,
    furtherRoutes: readFurtherRoutes(definition),
    hasParams: path.includes('{'),
    isPublic: access === 'anonymous' || access === 'cookie',
    isOwn: isOwn(name, definition),
    answersUser: definition.output === userDetails,
    changesUser,
    summary,
    description,
    input: readInput(name, definition),
    answer: readAnswer(name, definition),
  }
}

function readFurtherRoutes(definition: OperationDefinition): string[] {
  const methods = EVERY_SETTINGS.flatMap((settings) =>
    resolveOperation(definition, settings).also.map(({ method }) => method),
  )
  return [...new Set(methods)].map((method) => `${method} ${definition.path}`)
}

/** @throws {Error} the operation changes the tokens or opens a page, and own-operations.ts does not list it */
function isOwn(name: string, { refreshCookie, page, client }: OperationDefinition): boolean {
  const isListed = Object.hasOwn(OWN_OPERATIONS, name)
  if (isListed || !(refreshCookie || page || client === null)) return isListed
  throw new Error(
    `"${name}" does more than send: write it in packages/client/src/operations and list it in generator/own-operations.ts`,
  )
}
