import { createFetch, type FetchOptions } from '../../src/fetch/index.ts'
import { type ClientOptions, createClient } from '../../src/index.ts'
import { ADA, BASE_URL } from './clients.ts'
import { createModelServer } from './model-server.ts'

/** The origin of a service that is trusted. */
export const API = 'https://api.example.com'

/** A request that a service got. */
export interface Seen {
  url: string
  method: string
  authorization: string | null
  body: string
}

/** Reads a request as a service gets it. */
export async function readSeen(request: Request): Promise<Seen> {
  const { url, method, headers } = request
  return { url, method, authorization: headers.get('authorization'), body: await request.text() }
}

/**
 * Creates a client with a signed-in user, in front of a model of the auth server, and a `fetch` as this user.
 *
 * @param service - answers every other request, and those of tRPC
 */
export async function carry(service: typeof fetch, options: Partial<ClientOptions> & FetchOptions = {}) {
  const server = createModelServer()
  const { baseUrl = BASE_URL, trustedOrigins = [API], ...others } = options
  const fetch: typeof globalThis.fetch = (input, init) => {
    const given = String((input as Request).url ?? input)
    const url = URL.canParse(given) ? new URL(given).href : given
    const isForServer = url.startsWith(`${baseUrl}/`) && !url.includes('/trpc/')
    return isForServer ? server.fetch(url.replace(baseUrl, BASE_URL), init) : service(input, init)
  }
  const client = createClient({ ...others, baseUrl, fetch })
  const fetchAsUser = createFetch(client, { trustedOrigins })
  await client.login(ADA)
  const token = String(await client.session.accessToken())
  return { client, fetchAsUser, server, token }
}

/** Creates a client whose services note what they get, and give the same answer to each request. */
export async function carryAndSee(
  answer: (request: Request) => Response | Promise<Response> = () => new Response('{}'),
  options: Partial<ClientOptions> & FetchOptions = {},
) {
  const seen: Seen[] = []
  const service: typeof fetch = async (input, init) => {
    const request = new Request(input, init)
    seen.push(await readSeen(request.clone()))
    return answer(request)
  }
  return { ...(await carry(service, options)), seen }
}

/** Counts the refreshes that arrived at the auth server. */
export function countRefreshes({ server }: Awaited<ReturnType<typeof carry>>): number {
  return server.arrived.filter((request) => request === 'POST /refresh/').length
}
