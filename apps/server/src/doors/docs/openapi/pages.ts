import { type ContractSettings, listPages, listPlaces, type PageDefinition } from '@latchkey/contract'
import { addHeaders, describeAttemptCookie, describeResetCookie } from './headers.ts'
import { toTypeName } from './names.ts'
import { type DocumentedRefusal, documentRefusal, FAULTS } from './refusals.ts'
import { describeStatuses, PAGE, withPage } from './responses.ts'
import { describeFieldErrors, type Schemas } from './schemas.ts'
import type { Operation, Paths, Reference, Responses } from './types.ts'

/** Documents the pages that are not operations. Pages that an operator replaced are left out. */
export function describePages(settings: ContractSettings, schemas: Schemas): Paths {
  const described = listPages(settings).map(
    ([, page]) => [page.path, describeMethods(page, settings, schemas)] as const,
  )
  return Object.fromEntries(described)
}

function describeMethods(page: PageDefinition, settings: ContractSettings, schemas: Schemas) {
  if (page.kind === 'link') return { get: describeLink(page, settings) }
  if (page.kind !== 'redirect') return { get: describePage(page) }
  const get = describeRedirect(page, schemas)
  return page.alsoPost ? { get, post: describePosted(page, page.alsoPost) } : { get }
}

/** A page that requires parameters names the refused ones to programs. */
function describeRedirect(page: PageDefinition, schemas: Schemas): Operation {
  const { path, operationId, summary, description, tag, parameters = [], leadsTo } = page
  const schema = { type: 'string' as const }
  const isRequired = parameters.some(({ required }) => required)
  const names = parameters.map(({ name }) => name)
  const fields = isRequired
    ? schemas.add(`${toTypeName(operationId)}Errors`, describeFieldErrors(names))
    : null
  const responses = {
    ...(leadsTo && { [leadsTo.status]: { description: leadsTo.description } }),
    ...(fields ? describePageFaults([], fields) : { 400: NOBODY }),
    ...describePageFaults(FAULTS),
  }
  return {
    operationId,
    summary,
    description,
    tags: [tag],
    security: [],
    parameters: [
      ...describePlaces(path),
      ...parameters.map((one) => ({ in: 'query' as const, ...one, schema })),
    ],
    responses: addHeaders(responses, (status) =>
      status === leadsTo?.status ? describeAttemptCookie({ isRequired: status === 303 }) : {},
    ),
  }
}

/** What a provider posts has the parameters of its redirect. They lead on to GET, so they are described there. */
function describePosted(page: PageDefinition, operationId: string): Operation {
  const { path, summary, tag } = page
  const schema = { type: 'object' as const, additionalProperties: { type: 'string' as const } }
  const responses = {
    303: { description: 'Leads on to GET, which has the cookie.' },
    400: NOBODY,
    ...describePageFaults([documentRefusal('request_too_large'), ...FAULTS]),
  }
  return {
    operationId,
    summary: `${summary}, by a form`,
    description: 'For a provider that posts its answer. The fields are the parameters of GET.',
    tags: [tag],
    security: [],
    parameters: describePlaces(path),
    requestBody: { content: { 'application/x-www-form-urlencoded': { schema } } },
    responses: addHeaders(responses, () => ({})),
  }
}

const NOBODY = { description: 'The page that says why nobody can be signed in.', content: PAGE }

/** Describes the provider as the operations do, so that the document has it once. */
function describePlaces(path: string) {
  const description = 'The id of the provider.'
  const schema = { type: 'string' as const, minLength: 1, description, example: 'google' }
  return listPlaces(path).map((name) => ({ in: 'path' as const, name, schema, required: true, description }))
}

function describePage({ operationId, summary, description, tag, kind }: PageDefinition): Operation {
  // The form names the user whose password it sets, so it asks the database. The other pages never change.
  const faults = kind === 'form' ? FAULTS : FAULTS.filter(({ code }) => code === 'throttled')
  const responses = { 200: { description: 'The page.', content: PAGE }, ...describePageFaults(faults) }
  return {
    operationId,
    summary,
    description,
    tags: [tag],
    security: [],
    responses: addHeaders(responses, () => ({})),
  }
}

function describePageFaults(faults: DocumentedRefusal[], fields: Reference | null = null): Responses {
  const described = Object.entries(describeStatuses(faults, fields))
  return Object.fromEntries(described.map(([status, response]) => [status, withPage(response)]))
}

function describeLink(
  { path, operationId, summary, description, tag }: PageDefinition,
  settings: ContractSettings,
): Operation {
  const parameters = listPlaces(path).map((name) => ({
    name,
    in: 'path' as const,
    required: true,
    description: 'A part of the mailed link.',
    schema: { type: 'string' as const },
  }))
  const responses = {
    200: { description: 'The page that says that the link was invalid.', content: PAGE },
    302: { description: 'Leads on to the form for a new password.' },
    ...describePageFaults(FAULTS),
  }
  return {
    operationId,
    summary,
    description,
    tags: [tag],
    security: [],
    parameters,
    responses: addHeaders(responses, (status) => (status === 302 ? describeResetCookie(settings) : {})),
  }
}
