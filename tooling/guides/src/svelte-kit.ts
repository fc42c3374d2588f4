import type { Handle, RequestEvent } from '../fakes/sveltejs-kit.ts'

/** A load function, or an action. */
export type Work = (event: RequestEvent) => Promise<unknown>

/**
 * Answers a request as SvelteKit does: it makes the event, calls the hook, and adds the cookies to the answer.
 *
 * @param routes - the load functions and the actions, by their paths
 */
export function createKit(handle: Handle, routes: Record<string, Work>) {
  return async (request: Request): Promise<Response> => {
    const set = new Map<string, string>()
    const sent = new Map((request.headers.get('cookie') ?? '').split('; ').map(splitPair))
    const event: RequestEvent = {
      request,
      locals: {} as App.Locals,
      getClientAddress: () => '127.0.0.1',
      cookies: {
        get: (name) => sent.get(name),
        set: (name, value, { maxAge }) => {
          sent.set(name, value)
          set.set(name, `${name}=${encodeURIComponent(value)}; Max-Age=${maxAge}`)
        },
      },
    }
    return handle({
      event,
      resolve: async () => {
        const response = await perform(event, routes[new URL(request.url).pathname])
        for (const cookie of set.values()) response.headers.append('Set-Cookie', cookie)
        return response
      },
    })
  }
}

async function perform(event: RequestEvent, work: Work = async () => null): Promise<Response> {
  try {
    const result = await work(event)
    return isFailure(result) ? Response.json(result.data, result) : Response.json(result ?? null)
  } catch (thrown) {
    const { status, location, body } = thrown as { status?: number; location?: string; body?: object }
    if (body && status) return Response.json(body, { status })
    if (!location) throw thrown
    return new Response(null, { status: status ?? 303, headers: { Location: location } })
  }
}

/** Answers whether an action gave what `fail` makes. */
function isFailure(result: unknown): result is { status: number; data: unknown } {
  return typeof result === 'object' && result !== null && 'data' in result
}

function splitPair(pair: string): [string, string] {
  const at = pair.indexOf('=')
  return [pair.slice(0, at), decodeURIComponent(pair.slice(at + 1))]
}
