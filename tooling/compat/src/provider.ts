import { type OidcServer, startOidcServer } from '@latchkey/testkit'

/**
 * Starts a provider of OpenID Connect that signs Grace in without a question.
 *
 * @param publicUrl - of the server that people come back to
 * @returns the provider, and the settings by which the server knows it
 */
export async function startProvider(
  publicUrl: string,
): Promise<{ provider: OidcServer; settings: Record<string, string> }> {
  const grace = {
    email: 'grace@acme.example',
    email_verified: true,
    given_name: 'Grace',
    family_name: 'Hopper',
  }
  const provider = await startOidcServer({
    redirectUris: [`${publicUrl}/social/acme/callback/`],
    people: { grace },
  })
  const settings = {
    PROVIDERS: 'acme',
    PROVIDER_ACME_NAME: 'Acme',
    PROVIDER_ACME_ISSUER: provider.issuer,
    PROVIDER_ACME_CLIENT_ID: provider.clientId,
    PROVIDER_ACME_CLIENT_SECRET: provider.clientSecret,
    PROVIDER_ACME_EMAIL_DOMAINS: 'acme.example',
  }
  return { provider, settings }
}
