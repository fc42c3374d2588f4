import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { PLACES, type ProviderPerson, type ProviderStandIn } from '@latchkey/testkit'

/** A provider whose page a browser opens. The person chooses the answer there. */
export interface ProviderPage {
  /** The site of the provider. */
  origin: string
  /** Who agrees. */
  person: ProviderPerson
  close(): Promise<void>
}

/**
 * Gives a stand-in a page on a site of its own, with a button for each way back: by a link, by a form that is posted, and
 * without agreeing.
 *
 * @param provider - the metadata of this one names the page
 */
export async function startProviderPage(
  standIn: ProviderStandIn,
  provider: 'acme' | 'apple',
): Promise<ProviderPage> {
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://x')
    if (url.pathname !== '/authorize') return void response.writeHead(404).end()
    const authorization = new URL(PLACES[provider].authorization + url.search)
    const answer = standIn.authorize(authorization, {
      ...page.person,
      // Apple writes the nonce into its tokens, as others do.
      nonce: url.searchParams.get('nonce') ?? undefined,
    })
    response
      .setHeader('Content-Type', 'text/html')
      .end(writePage(url.searchParams.get('redirect_uri') ?? '', answer))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  standIn.override.answer = async (url) => {
    if (url.href !== PLACES[provider].metadata) return undefined
    const metadata = { ...PLACES[provider] }
    return Response.json({
      issuer: metadata.issuer,
      authorization_endpoint: `${origin}/authorize`,
      token_endpoint: metadata.token,
      jwks_uri: metadata.keys,
      id_token_signing_alg_values_supported: ['ES256'],
      token_endpoint_auth_methods_supported: ['client_secret_post'],
    })
  }
  const page: ProviderPage = {
    origin,
    person: {},
    close: async () => {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
  return page
}

/** The names that Apple posts beside the code, once. */
const USER = JSON.stringify({ name: { firstName: 'Grace', lastName: 'Hopper' } })

function writePage(redirectUri: string, answer: URLSearchParams): string {
  const refusal = new URLSearchParams({ error: 'access_denied', state: answer.get('state') ?? '' })
  const field = (name: string, value: string) =>
    `<input type="hidden" name="${name}" value="${value.replaceAll('"', '&quot;')}">`
  const fields = [...answer].map(([name, value]) => field(name, value))
  return `<!doctype html><title>Provider</title>
    <a href="${redirectUri}?${answer}">Agree</a>
    <a href="${redirectUri}?${refusal}">Turn back</a>
    <form method="post" action="${redirectUri}">${fields.join('')}${field('user', USER)}<button>Agree by post</button></form>`
}
