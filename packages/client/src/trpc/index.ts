import { createTRPCClient, httpLink, type TRPCClient } from '@trpc/client'
import type { LatchkeyClient } from '../client.ts'
import { createFetch } from '../fetch/create-fetch.ts'
import type { AppRouter } from './router.ts'

export type { AppRouterRecord, Tokens } from '../generated/router-record.ts'
export type { AppRouter, RefusalShape } from './router.ts'
export { sessionLink } from './session-link.ts'

/**
 * Creates a plain tRPC client of the server, which calls as the signed-in user.
 *
 * Its calls carry the access token of `client`. It stores no tokens: pass the tokens of a raw `auth.login` to
 * `client.session.adopt`. Each call is one request, so that a refused query is sent again alone. A mutation is never
 * sent twice.
 *
 * @param url - the URL of the procedures; `/trpc` below the base URL of the client unless given
 */
export function createTrpcClient(
  client: LatchkeyClient,
  url: string = `${client.baseUrl}/trpc`,
): TRPCClient<AppRouter> {
  const fetchAsUser = createFetch(client)
  const fetchWithCookies = (input: RequestInfo | URL, init?: RequestInit) =>
    fetchAsUser(input, { ...init, credentials: 'include' })
  return createTRPCClient<AppRouter>({ links: [httpLink({ url, fetch: fetchWithCookies as typeof fetch })] })
}
