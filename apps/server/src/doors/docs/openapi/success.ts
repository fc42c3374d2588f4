import type { Endpoint } from '../../rest/endpoints.ts'
import { PAGE } from './responses.ts'
import type { Operation, Responses } from './types.ts'

/** Documents what an operation that was done is answered with; nothing where it never succeeds. */
export function createSuccess(endpoint: Endpoint, generated: Operation): Responses {
  const { status, meta } = endpoint
  if (meta.unreachable) return {}
  if (status === 204) return { 204: { description: 'Done; there is no body.' } }
  if (status === 302 || status === 303) return { [status]: { description: 'Done; leads on to a page.' } }
  if (meta.page === 'link') return { 200: { description: 'A page whose button does it.', content: PAGE } }
  const response = generated.responses?.['200']
  const content = response && 'content' in response ? response.content : undefined
  return {
    [status]: { description: status === 201 ? 'Made.' : 'Done.', content },
    ...(meta.page === 'form' && {
      303: { description: 'Done, and a browser form asked: leads on to a page.' },
    }),
  }
}
