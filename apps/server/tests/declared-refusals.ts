import { operations } from '@latchkey/contract'
import { type ContractConfig, readContractSettings } from '../src/doors/contract-settings.ts'
import { listRefusals } from '../src/doors/docs/openapi/refusals.ts'
import { listEndpoints } from '../src/doors/rest/endpoints.ts'
import type { EndedCall, NoOperation, Telemetry } from '../src/doors/telemetry/telemetry.ts'
import { createRouter } from '../src/procedures/router.ts'

/** What any operation answers without a line in its definition: field errors, and over tRPC what tRPC reads and guards. */
const ALWAYS = ['400 invalid']
const OVER_TRPC = [
  '400 parse_error',
  '403 csrf_failed',
  '413 request_too_large',
  '415 unsupported_media_type',
]

const NO_OPERATIONS: string[] = ['other', 'unknown'] satisfies NoOperation[]

/** Watches the calls of a server for refusals that the definition of their operation does not list. */
export interface RefusalWatch {
  telemetry: Telemetry
  /** @throws {Error} an operation gave a refusal that the contract and the document do not have */
  check(): void
}

/** Passes everything on to `telemetry`, and compares each refusal with those of its operation. */
export function watchRefusals(telemetry: Telemetry, config: ContractConfig): RefusalWatch {
  const declared = listDeclared(config)
  const undeclared = new Set<string>()
  const ended = (call: EndedCall) => {
    const answer = `${call.status} ${call.code}`
    const isTrpc = call.door === 'trpc' && OVER_TRPC.includes(answer)
    const isListed = NO_OPERATIONS.includes(call.operation) || declared.get(call.operation)?.has(answer)
    if (call.code !== 'none' && !isListed && !isTrpc) undeclared.add(`${call.operation}: ${answer}`)
    telemetry.ended(call)
  }
  return {
    telemetry: { ...telemetry, ended },
    check() {
      if (undeclared.size > 0) throw new Error(`Refusals of no definition: ${[...undeclared].join(', ')}.`)
    },
  }
}

function listDeclared(config: ContractConfig): Map<string, Set<string>> {
  const settings = readContractSettings(config)
  const names = new Map<string, string>(
    Object.entries(operations).map(([name, { operationId }]) => [operationId, name]),
  )
  return new Map(
    listEndpoints(createRouter(settings)).map((endpoint) => {
      const listed = listRefusals(endpoint, settings).map(
        ({ status, example }) => `${status} ${example.code}`,
      )
      return [names.get(endpoint.meta.operationId) ?? '', new Set([...ALWAYS, ...listed])]
    }),
  )
}
