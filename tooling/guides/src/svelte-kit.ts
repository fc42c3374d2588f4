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
    return Response.json((await work(event)) ?? null)
  } catch (thrown) {
    const { status, location } = thrown as { status?: number; location?: string }
    if (!location) throw thrown
    return new Response(null, { status: status ?? 303, headers: { Location: location } })
  }
}

function splitPair(pair: string): [string, string] {
  const at = pair.indexOf('=')
  return [pair.slice(0, at), decodeURIComponent(pair.slice(at + 1))]
}
