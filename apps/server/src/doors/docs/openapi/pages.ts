import { type ContractSettings, listPages, listPlaces, type PageDefinition } from '@latchkey/contract'
import { addHeaders, describeResetCookie } from './headers.ts'
import { type DocumentedRefusal, FAULTS } from './refusals.ts'
import { describeStatuses, PAGE, withPage } from './responses.ts'
import type { Operation, Paths, Responses } from './types.ts'

/** Documents the pages that are not operations. Pages that an operator replaced are left out. */
export function describePages(settings: ContractSettings): Paths {
  const described = listPages(settings).map(
    ([, page]) => [page.path, describeMethods(page, settings)] as const,
  )
  return Object.fromEntries(described)
}

function describeMethods(page: PageDefinition, settings: ContractSettings) {
  if (page.kind === 'link') return { get: describeLink(page, settings) }
  if (page.kind !== 'redirect') return { get: describePage(page) }
  const get = describeRedirect(page)
  if (!page.alsoPost) return { get }
  const parameters = get.parameters?.filter((one) => 'in' in one && one.in === 'path')
  return { get, post: { ...get, operationId: page.alsoPost, parameters, requestBody: describePosted(page) } }
}

function describeRedirect(page: PageDefinition): Operation {
  const { path, operationId, summary, description, tag, parameters = [], leadsTo } = page
  const schema = { type: 'string' as const }
  const responses = {
    ...(leadsTo && { [leadsTo.status]: { description: leadsTo.description } }),
    400: { description: 'The page that says why nobody can be signed in.', content: PAGE },
    ...describePageFaults(FAULTS),
  }
  return {
    operationId,
    summary,
    description,
    tags: [tag],
    security: [],
    parameters: [
      ...listPlaces(path).map((name) => ({
        name,
        in: 'path' as const,
        required: true,
        description: 'The name of the provider in `PROVIDERS`.',
        schema,
      })),
      ...parameters.map((one) => ({ in: 'query' as const, required: false, ...one, schema })),
    ],
    responses: addHeaders(responses, () => ({})),
  }
}

/** What a provider posts has the same parameters as its redirect. */
function describePosted({ parameters = [] }: PageDefinition) {
  const properties = parameters.map(({ name, description }) => [
    name,
    { type: 'string' as const, description },
  ])
  const schema = { type: 'object' as const, properties: Object.fromEntries(properties) }
  return { content: { 'application/x-www-form-urlencoded': { schema } } }
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

function describePageFaults(faults: DocumentedRefusal[]): Responses {
  const described = Object.entries(describeStatuses(faults, null))
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
