/** The part of `oidc-provider` that {@link startOidcServer} uses. Its own types need those of Koa. */
declare module 'oidc-provider' {
  import type { IncomingMessage, ServerResponse } from 'node:http'

  interface Grant {
    addOIDCScope(scopes: string): void
    save(): Promise<string>
  }

  interface Interaction {
    params: { client_id: string; scope: string; login_hint?: string }
    session?: { accountId: string }
  }

  export default class Provider {
    constructor(issuer: string, configuration: object)
    Grant: new (grant: {
      accountId: string
      clientId: string
    }) => Grant
    callback(): (request: IncomingMessage, response: ServerResponse) => void
    interactionDetails(request: IncomingMessage, response: ServerResponse): Promise<Interaction>
    interactionFinished(request: IncomingMessage, response: ServerResponse, result: object): Promise<void>
  }
}
