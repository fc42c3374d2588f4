import { createTRPCClient, httpLink, type TRPCClient } from '@trpc/client'
import type { LatchkeyClient } from '../client.ts'
import type { AppRouter } from './router.ts'

export type { AppRouter, AppRouterRecord, RefusalShape, Tokens } from './router.ts'

/**
 * Makes the raw tRPC client of the server, in the name of whoever is signed in.
 *
 * Its calls carry the session of `client`, renewed as needed; but it stores nothing: hand the tokens of a raw
 * `auth.login` to `client.session.adopt`. Each call is one request, so that one which was refused can be sent again
 * without repeating others.
 *
 * @param url - of the procedures; `/trpc` at the root of the server, unless given
 */
export function createTrpcClient(
  client: Pick<LatchkeyClient, 'baseUrl' | 'fetch'>,
  url: string = new URL('/trpc', client.baseUrl).href,
): TRPCClient<AppRouter> {
  const carrying = (input: RequestInfo | URL, init?: RequestInit) =>
    client.fetch(input, { ...init, credentials: 'include' })
  return createTRPCClient<AppRouter>({ links: [httpLink({ url, fetch: carrying as typeof fetch })] })
}
