import { REFERENCE_SETTINGS } from '@latchkey/contract'
import { createRouter } from '../../../procedures/router.ts'
import type { ContractConfig } from '../../contract-settings.ts'
import { createOpenApiDocument } from './document.ts'

const { cookieMode: _, namesRequired: registrationNamesRequired, ...same } = REFERENCE_SETTINGS

/** The settings of `openapi.json`: the defaults, with verification. With them every operation exists. */
export const REFERENCE: ContractConfig = { ...same, registrationNamesRequired, refreshCookie: null }

/** Writes the document of the reference settings as indented JSON. The text is the same on every machine. */
export function createReferenceText(): string {
  const document = createOpenApiDocument({
    router: createRouter(REFERENCE_SETTINGS),
    publicUrl: 'http://localhost:3000',
    settings: REFERENCE_SETTINGS,
  })
  return `${JSON.stringify(document, null, 2)}\n`
}
