import type { TRPCClientError, TRPCLink } from '@trpc/client'
import type { AnyRouter } from '@trpc/server'
import { observable, type Unsubscribable } from '@trpc/server/observable'
import type { LatchkeyClient } from '../client.ts'
import { refusesTokenOfAny } from '../http/raw-refusal.ts'
import { createRenewalsByService } from '../session/renewals.ts'

/**
 * Creates a link that renews the access token when a call of a streamed batch was refused for it.
 *
 * A query is then repeated once. A mutation is never sent twice; the next call has the new token. `createFetch` does
 * the same for every other answer. Put the link before the link that sends:
 * `links: [sessionLink(client), httpBatchStreamLink({ url, fetch: createFetch(client) })]`.
 */
export function sessionLink<Router extends AnyRouter = AnyRouter>(
  client: Pick<LatchkeyClient, 'session'>,
): TRPCLink<Router> {
  const { session } = client
  const renewalsOf = createRenewalsByService(session)

  return () =>
    ({ op, next }) =>
      observable((observer) => {
        let running: Unsubscribable
        let isOver = false
        const access = session.accessToken().catch(() => null)

        async function renewThenRun(error: TRPCClientError<Router>): Promise<void> {
          const rejected = await access
          const renewed =
            rejected &&
            (await renewalsOf(op.path)
              .renew(rejected)
              .catch(() => null))
          if (isOver) return
          if (renewed && op.type === 'query') run((again) => observer.error(again))
          else observer.error(error)
        }

        function run(onError: (error: TRPCClientError<Router>) => void): void {
          running = next(op).subscribe({ ...observer, error: onError })
        }

        run((error) => (isRefused(error) ? void renewThenRun(error) : observer.error(error)))
        return () => {
          isOver = true
          running.unsubscribe()
        }
      })
}

/** Answers whether a call was refused for its token, in an answer whose status says nothing of it. */
function isRefused<Router extends AnyRouter>(error: TRPCClientError<Router>): boolean {
  const { httpStatus, code } = (error.data ?? {}) as { httpStatus?: number; code?: string }
  const { response } = (error.meta ?? {}) as { response?: { status?: number } }
  return response?.status === 200 && httpStatus === 401 && refusesTokenOfAny(code)
}
