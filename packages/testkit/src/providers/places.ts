/** Where a provider keeps its endpoints, as its own documents say. */
export interface Place {
  /** The issuer that its metadata names. */
  issuer: string
  /** The address of its metadata; null: it has none. */
  metadata: string | null
  authorization: string
  token: string
  keys: string | null
  userinfo: string | null
}

const MICROSOFT = 'https://login.microsoftonline.com'

/** The providers that a stand-in plays. `acme` is any issuer. */
export const PLACES = {
  google: {
    issuer: 'https://accounts.google.com',
    metadata: 'https://accounts.google.com/.well-known/openid-configuration',
    authorization: 'https://accounts.google.com/o/oauth2/v2/auth',
    token: 'https://oauth2.googleapis.com/token',
    keys: 'https://www.googleapis.com/oauth2/v3/certs',
    userinfo: 'https://openidconnect.googleapis.com/v1/userinfo',
  },
  apple: {
    issuer: 'https://appleid.apple.com',
    metadata: 'https://appleid.apple.com/.well-known/openid-configuration',
    authorization: 'https://appleid.apple.com/auth/authorize',
    token: 'https://appleid.apple.com/auth/token',
    keys: 'https://appleid.apple.com/auth/keys',
    userinfo: null,
  },
  microsoft: {
    issuer: `${MICROSOFT}/{tenantid}/v2.0`,
    metadata: `${MICROSOFT}/common/v2.0/.well-known/openid-configuration`,
    authorization: `${MICROSOFT}/common/oauth2/v2.0/authorize`,
    token: `${MICROSOFT}/common/oauth2/v2.0/token`,
    keys: `${MICROSOFT}/common/discovery/v2.0/keys`,
    userinfo: 'https://graph.microsoft.com/oidc/userinfo',
  },
  gitlab: {
    issuer: 'https://gitlab.com',
    metadata: 'https://gitlab.com/.well-known/openid-configuration',
    authorization: 'https://gitlab.com/oauth/authorize',
    token: 'https://gitlab.com/oauth/token',
    keys: 'https://gitlab.com/oauth/discovery/keys',
    userinfo: 'https://gitlab.com/oauth/userinfo',
  },
  linkedin: {
    issuer: 'https://www.linkedin.com/oauth',
    metadata: 'https://www.linkedin.com/oauth/.well-known/openid-configuration',
    authorization: 'https://www.linkedin.com/oauth/v2/authorization',
    token: 'https://www.linkedin.com/oauth/v2/accessToken',
    keys: 'https://www.linkedin.com/oauth/openid/jwks',
    userinfo: 'https://api.linkedin.com/v2/userinfo',
  },
  acme: {
    issuer: 'https://id.acme.example',
    metadata: 'https://id.acme.example/.well-known/openid-configuration',
    authorization: 'https://id.acme.example/authorize',
    token: 'https://id.acme.example/token',
    keys: 'https://id.acme.example/keys',
    userinfo: 'https://id.acme.example/userinfo',
  },
  github: {
    issuer: 'https://github.com/login/oauth',
    metadata: null,
    authorization: 'https://github.com/login/oauth/authorize',
    token: 'https://github.com/login/oauth/access_token',
    keys: null,
    userinfo: null,
  },
  discord: {
    issuer: 'https://discord.com',
    metadata: null,
    authorization: 'https://discord.com/oauth2/authorize',
    token: 'https://discord.com/api/v10/oauth2/token',
    keys: null,
    userinfo: null,
  },
  facebook: {
    issuer: 'https://www.facebook.com',
    metadata: null,
    authorization: 'https://www.facebook.com/v25.0/dialog/oauth',
    token: 'https://graph.facebook.com/v25.0/oauth/access_token',
    keys: 'https://limited.facebook.com/.well-known/oauth/openid/jwks/',
    userinfo: null,
  },
} as const satisfies Record<string, Place>

/** A provider that a stand-in plays. */
export type PlaceName = keyof typeof PLACES

/** The metadata of an issuer. */
export function describeMetadata(place: Place): Record<string, unknown> {
  return {
    issuer: place.issuer,
    authorization_endpoint: place.authorization,
    token_endpoint: place.token,
    jwks_uri: place.keys,
    userinfo_endpoint: place.userinfo ?? undefined,
    id_token_signing_alg_values_supported: ['ES256'],
    token_endpoint_auth_methods_supported: ['client_secret_post'],
  }
}
