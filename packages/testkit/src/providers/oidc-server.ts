/// <reference path="./oidc-provider.d.ts" />
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { exportJWK, generateKeyPair } from 'jose'
import Provider from 'oidc-provider'
import { findFreePort } from '../free-port.ts'

/** A real provider of OpenID Connect beside the tests, at a port of its own. */
export interface OidcServer {
  issuer: string
  clientId: string
  clientSecret: string
  close(): Promise<void>
}

/** What the provider says about a person. */
export type OidcClaims = {
  email?: string
  email_verified?: boolean
  given_name?: string
  family_name?: string
}

/**
 * Starts `oidc-provider` with one client. It signs in the person of `login_hint` without a question, and remembers a
 * browser by its cookies.
 *
 * @param options.redirectUris - where the client may have its codes sent to
 * @param options.people - claims by `login_hint`, which is also the subject; the first is the default
 */
export async function startOidcServer(options: {
  redirectUris: string[]
  people: Record<string, OidcClaims>
}): Promise<OidcServer> {
  const port = await findFreePort()
  const issuer = `http://127.0.0.1:${port}`
  const client = { clientId: 'latchkey-web', clientSecret: 'the-secret-of-a-client-of-oidc-provider' }
  const provider = new Provider(issuer, await configure(options, client))
  const [somebody = 'nobody'] = Object.keys(options.people)
  const answer = provider.callback()
  const server = createServer((request, response) => {
    if (!request.url?.startsWith('/interaction/')) return answer(request, response)
    finishInteraction(provider, { request, response, somebody }).catch((error: Error) =>
      response.destroy(error),
    )
  })
  await new Promise<void>((done) => server.listen(port, '127.0.0.1', done))
  return {
    issuer,
    ...client,
    close: () =>
      new Promise((done) => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
}

async function configure(
  { redirectUris, people }: Parameters<typeof startOidcServer>[0],
  { clientId, clientSecret }: { clientId: string; clientSecret: string },
): Promise<object> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true })
  return {
    clients: [{ client_id: clientId, client_secret: clientSecret, redirect_uris: redirectUris }],
    claims: { email: ['email', 'email_verified'], profile: ['given_name', 'family_name'] },
    cookies: { keys: ['the-cookies-of-tests'] },
    features: { devInteractions: { enabled: false } },
    findAccount: (_: unknown, sub: string) => ({
      accountId: sub,
      claims: () => ({ sub, ...people[sub] }),
    }),
    interactions: { url: (_: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
    jwks: { keys: [{ ...(await exportJWK(privateKey)), kid: 'first', alg: 'RS256', use: 'sig' }] },
    pkce: { required: () => true },
    ttl: { Interaction: 600, Grant: 600, Session: 600, AccessToken: 600, IdToken: 600 },
  }
}

async function finishInteraction(
  provider: Provider,
  { request, response, somebody }: { request: IncomingMessage; response: ServerResponse; somebody: string },
): Promise<void> {
  const { params } = await provider.interactionDetails(request, response)
  const accountId = params.login_hint ?? somebody
  const grant = new provider.Grant({ accountId, clientId: params.client_id })
  grant.addOIDCScope(params.scope)
  const consent = { grantId: await grant.save() }
  await provider.interactionFinished(request, response, { login: { accountId }, consent })
}
