import { importPKCS8, SignJWT } from 'jose'
import { type ClientAuth, ClientSecretBasic, ClientSecretPost, None } from 'oauth4webapi'
import { MINUTE_SECONDS } from '../../words/time.ts'
import type { Metadata } from './metadata.ts'
import type { AppleKey, ProviderOptions } from './provider-settings.ts'

const APPLE_AUDIENCE = 'https://appleid.apple.com'
const APPLE_SECRET_SECONDS = 5 * MINUTE_SECONDS

/**
 * Says how a client of ours shows the provider who it is.
 *
 * The secret belongs to the first client id. The others are those of apps, which can keep none. Apple's is signed for
 * each exchange, for the client id of this exchange.
 */
export async function authenticateClient(
  { clientIds, clientSecret, appleKey }: ProviderOptions,
  { clientId, metadata, nowSeconds }: { clientId: string; metadata: Metadata; nowSeconds: number },
): Promise<ClientAuth> {
  if (appleKey !== null) return ClientSecretPost(await signAppleSecret(appleKey, clientId, nowSeconds))
  if (clientSecret === null || clientId !== clientIds[0]) return None()
  // Without a list the method is Basic: OpenID Connect Discovery 1.0, section 3.
  const methods = metadata.token_endpoint_auth_methods_supported ?? ['client_secret_basic']
  return methods.includes('client_secret_post')
    ? ClientSecretPost(clientSecret)
    : ClientSecretBasic(clientSecret)
}

async function signAppleSecret(
  { teamId, keyId, privateKey }: AppleKey,
  clientId: string,
  nowSeconds: number,
) {
  return new SignJWT()
    .setProtectedHeader({ alg: 'ES256', kid: keyId })
    .setIssuer(teamId)
    .setSubject(clientId)
    .setAudience(APPLE_AUDIENCE)
    .setIssuedAt(nowSeconds)
    .setExpirationTime(nowSeconds + APPLE_SECRET_SECONDS)
    .sign(await importPKCS8(privateKey, 'ES256'))
}
