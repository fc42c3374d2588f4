import type { PlaceName } from './places.ts'

/** An access token that a stand-in gave. */
export interface GivenToken {
  provider: PlaceName
  /** The person, in the words of its provider. */
  person: Record<string, unknown>
  clientId: string
  scopes: string[]
}

/** A question to a stand-in. */
export interface Asked {
  url: URL
  /** The access token that it is about, or that opens it; undefined: none, or an unknown one. */
  token: GivenToken | undefined
}

type Answer = (asked: Required<Asked> & { token: GivenToken }) => unknown

/** What the providers tell of an access token, by address. */
export const RESOURCES: Record<string, Answer> = {
  'https://oauth2.googleapis.com/tokeninfo': ({ token: { person, clientId, scopes } }) => ({
    ...{ aud: clientId, azp: clientId, sub: person.sub, email: person.email },
    ...{ email_verified: String(person.email_verified), scope: scopes.join(' '), expires_in: '3599' },
  }),
  'https://gitlab.com/oauth/token/info': ({ token: { person, clientId, scopes } }) => ({
    ...{ resource_owner_id: Number(person.sub), application: { uid: clientId }, scope: scopes },
  }),
  'https://api.github.com/user': ({ token: { person } }) => ({
    ...{ id: person.id, login: person.login, name: person.name, email: person.publicEmail ?? null },
  }),
  'https://api.github.com/user/emails': ({ token: { person } }) => person.emails ?? [],
  'https://discord.com/api/v10/oauth2/@me': ({ token: { person, clientId, scopes } }) => ({
    ...{ application: { id: clientId }, scopes, user: { id: person.id } },
  }),
  'https://discord.com/api/v10/users/@me': ({ token: { person, scopes } }) => {
    const { email, verified, ...others } = person
    return scopes.includes('email') ? { ...others, email, verified } : others
  },
  'https://graph.facebook.com/v25.0/debug_token': ({ token: { person, clientId, scopes } }) => ({
    data: { app_id: clientId, is_valid: true, type: 'USER', user_id: person.id, scopes },
  }),
  'https://graph.facebook.com/v25.0/me': ({ token: { person } }) => person,
}

/** GitHub tells of a token at an address with the client id. */
export function describeGithubToken({ person, clientId, scopes }: GivenToken): unknown {
  return { app: { client_id: clientId }, user: { id: person.id, login: person.login }, scopes }
}
