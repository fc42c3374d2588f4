import { operations } from '@latchkey/contract'
import { type Contract, readOperations } from './read-operations.ts'
import { writeBodies } from './write-bodies.ts'
import { writeErrorCodes, writeMfaErrorCodes, writeSocialErrorCodes } from './write-error-codes.ts'
import { writeFieldSentences } from './write-field-sentences.ts'
import { writeMessages } from './write-messages.ts'
import { writeOperations } from './write-operations.ts'
import { writeMfaOperations, writePlainOperations, writeStaffOperations } from './write-plain-operations.ts'
import { writeRouter } from './write-router.ts'
import { writeRoutes } from './write-routes.ts'

const CATALOGUES_HEAD = '// Made from languages/ by `npm run generate`; a change by hand is lost.\n\n'
const HEAD = '// Made from packages/contract by `npm run generate`; a change by hand is lost.\n\n'

/** Creates the files of `src/generated/` from a contract, by name. */
export function createGeneratedFiles(contract: Contract = operations): Record<string, string> {
  const read = readOperations(contract)
  const files = {
    'bodies.ts': writeBodies(read),
    'create-plain-operations.ts': writePlainOperations(read),
    'create-mfa-calls.ts': writeMfaOperations(read),
    'create-staff-calls.ts': writeStaffOperations(read),
    'error-codes.ts': writeErrorCodes(),
    'mfa-error-codes.ts': writeMfaErrorCodes(),
    'social-error-codes.ts': writeSocialErrorCodes(),
    'field-sentences.ts': writeFieldSentences(),
    'operations.ts': writeOperations(read),
    'router-record.ts': writeRouter(read),
    'routes.ts': writeRoutes(read),
  }
  return { ...addHead(HEAD, files), ...addHead(CATALOGUES_HEAD, writeMessages()) }
}

function addHead(head: string, files: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).map(([name, text]) => [name, head + text]))
}
