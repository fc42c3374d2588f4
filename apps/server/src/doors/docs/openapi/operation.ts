import type { Access, ContractSettings } from '@latchkey/contract'
import type { Endpoint } from '../../rest/endpoints.ts'
import { describeBody, findBodySchema, listRefusedFields } from './body.ts'
import { addHeaders, DPOP_CHALLENGE, describeCookies, PROOF_HEADER } from './headers.ts'
import { nameErrors, nameSchema } from './names.ts'
import { describeParameters, listHeaderParameters } from './parameters.ts'
import { asksProof, listProofRefusals } from './refusals.ts'
import { describeRefusals, describeSuccess, findAnswerSchema } from './responses.ts'
import { DETAIL_SCHEMA, describeFieldErrors, findName, type Schemas } from './schemas.ts'
import type { Operation, Paths, Schema } from './types.ts'

/** What an operation asks for that says nothing else: an access token. */
export const USUAL_SECURITY = [{ bearer: [] }]

/** A reset link is its cookie or a secret in the body. A sign-in that must set up a factor has a secret in the body. */
const SECURITY: Partial<Record<Access, Record<string, string[]>[]>> = {
  anonymous: [],
  cookie: [{ resetCookie: [] }, {}],
  setup: [{ bearer: [] }, {}],
}

/** The generator knows an operation by the first method of its procedure, and paths without their trailing slash. */
export function findGenerated(paths: Paths, { path, meta }: Endpoint): Operation {
  const item = paths[path.replace(/\/$/, '')]
  const method = meta.method.toLowerCase() as 'get' | 'post' | 'put' | 'patch' | 'delete'
  const operation = item?.[method]
  if (!operation) throw new Error(`The generator left out ${method} ${path}.`)
  return operation
}

/** Documents one operation. Its body, its field errors and its answer are schemas with names. */
export function createOperation(
  endpoint: Endpoint,
  generated: Operation,
  { settings, schemas }: { settings: ContractSettings; schemas: Schemas },
): Operation {
  const body = findBodySchema(generated)
  const parameters = [
    ...describeParameters(generated.parameters ?? [], endpoint.meta.shape),
    ...listHeaderParameters(endpoint.meta, settings),
  ]
  const refused = listRefusedFields(endpoint, body, listQueryNames(generated))
  const fields = refused && schemas.add(nameErrors(endpoint, refused), describeFieldErrors(refused))
  const responses = {
    ...describeSuccess(endpoint, () => nameAnswer(endpoint, generated, schemas)),
    ...describeRefusals(endpoint, { fields, settings }),
  }
  return {
    operationId: endpoint.operationId,
    summary: endpoint.summary,
    description: generated.description,
    tags: generated.tags,
    ...describeSecurity(endpoint),
    ...(parameters.length > 0 && { parameters }),
    ...(body && { requestBody: describeBody(body, schemas.add(nameSchema(endpoint, 'Input'), body)) }),
    responses: addHeaders(responses, describeOwnHeaders(endpoint, settings)),
  }
}

/** Finds the headers of an operation with a status: its cookies, and the challenge of a missing proof. */
function describeOwnHeaders(endpoint: Endpoint, settings: ContractSettings) {
  const findCookies = describeCookies(endpoint, settings)
  return (status: number) => ({
    ...findCookies(status),
    ...(status === 403 && asksProof(endpoint.meta) && PROOF_HEADER),
    ...(status === 401 && listProofRefusals(endpoint.meta, settings).length > 0 && DPOP_CHALLENGE),
  })
}

/** Refers to the answer: by the name that the contract gives it, else by the name of the operation. */
function nameAnswer(endpoint: Endpoint, generated: Operation, schemas: Schemas): Schema | undefined {
  const { sentence, givesTokens } = endpoint.meta
  const schema = findAnswerSchema(generated)
  if (schema === undefined || findName(schema) !== undefined) return schema
  if (sentence === undefined || givesTokens) return schemas.add(nameSchema(endpoint, 'Answer'), schema)
  return { allOf: [schemas.add('Detail', DETAIL_SCHEMA), { properties: { detail: { const: sentence } } }] }
}

/** In cookie mode the cookie alone refreshes and signs out. */
function describeSecurity({ meta }: Endpoint): Pick<Operation, 'security'> {
  const security = meta.cookieDecides ? [{ refreshCookie: [] }] : SECURITY[meta.access]
  return security ? { security } : {}
}

function listQueryNames(generated: Operation): string[] {
  const parameters = generated.parameters ?? []
  return parameters.flatMap((one) => ('in' in one && one.in === 'query' ? one.name : []))
}
