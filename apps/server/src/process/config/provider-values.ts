import { createPrivateKey } from 'node:crypto'
import { toAsciiDomain } from '@latchkey/contract/domain'
import { isLoopback } from '@latchkey/core'
import { oneOf, splitWords } from './readers.ts'
import { documented, setting } from './setting.ts'

/** The settings of one provider. `<NAME>` is its name in upper case, with `_` for `-`. */
export const providerTemplates = {
  'PROVIDER_<NAME>_ISSUER': documented(
    setting({
      expected: 'an issuer such as https://id.example.com, without a user, a query and a #',
      read: readIssuer,
    }),
    {
      default: '–',
      meaning:
        'the issuer of a provider of OpenID Connect, as its metadata writes it; not for the names that are known. https, or http on this machine outside of production',
    },
  ),
  'PROVIDER_<NAME>_CLIENT_ID': documented(
    setting({ expected: 'client ids, separated by commas', read: readClientIds }),
    {
      default: '–',
      meaning:
        'required. Several of one app (web, iOS, Android) are separated by commas; the first is used for redirects, and the secret belongs to it',
    },
  ),
  'PROVIDER_<NAME>_CLIENT_SECRET': documented(
    setting({ expected: 'a client secret', read: (text) => (isVisible(text, 1024) ? text : undefined) }),
    {
      default: '–',
      meaning: 'required for GitHub, Facebook, LinkedIn and Discord; Apple has none',
      secret: true,
    },
  ),
  'PROVIDER_<NAME>_TEAM_ID': documented(appleId(), { default: '–', meaning: 'Apple: the id of the team' }),
  'PROVIDER_<NAME>_KEY_ID': documented(appleId(), { default: '–', meaning: 'Apple: the id of the key' }),
  'PROVIDER_<NAME>_PRIVATE_KEY': documented(
    setting({
      expected: 'a private key in PEM on the curve P-256; lines may be divided by \\n',
      read: readAppleKey,
    }),
    {
      default: '–',
      meaning: 'Apple: the content of `AuthKey_….p8`; the server signs a secret with it for each exchange',
      secret: true,
    },
  ),
  'PROVIDER_<NAME>_NAME': documented(
    setting({
      expected: 'a name of at most 60 characters',
      read: (text) =>
        /^[^\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]{1,60}$/u.test(text) ? text : undefined,
    }),
    { default: 'that of the provider', meaning: 'what people read on the button' },
  ),
  'PROVIDER_<NAME>_SCOPES': documented(
    setting({ expected: 'scopes, separated by spaces', read: readScopes }),
    { default: 'what a sign-in needs', meaning: 'the scopes that a redirect asks for' },
  ),
  'PROVIDER_<NAME>_TENANT': documented(
    setting({ expected: 'ids of tenants, separated by commas', read: readTenants }),
    { default: 'any', meaning: 'Microsoft: the tenants whose people may sign in' },
  ),
  'PROVIDER_<NAME>_EMAIL_DOMAINS': documented(
    setting({ expected: 'domains, separated by commas, or *', read: readDomains }),
    {
      default: 'none for an issuer',
      meaning:
        'the domains for whose addresses the provider vouches; `*`: any. For the names that are known it narrows what they vouch for',
    },
  ),
  'PROVIDER_<NAME>_LINK': documented(oneOf(['verified', 'never']), {
    default: '`verified`',
    meaning:
      '`never`: an address connects no account that exists; people connect the provider when they are signed in',
  }),
}

function readIssuer(text: string): string | undefined {
  const url = URL.parse(text)
  if (!url || url.username || url.password || /[?#\\\s]/.test(text)) return undefined
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname))
    ? text
    : undefined
}

function isVisible(text: string, max: number): boolean {
  return text.length <= max && /^[\x21-\x7e]+$/.test(text)
}

function readClientIds(text: string): [string, ...string[]] | undefined {
  const [first, ...others] = splitWords(text)
  const isSound = first !== undefined && [first, ...others].every((id) => isVisible(id, 255))
  return isSound ? [first, ...others] : undefined
}

function appleId() {
  return setting({
    expected: 'ten capital letters and digits',
    read: (text) => (/^[A-Z0-9]{10}$/.test(text) ? text : undefined),
  })
}

function readAppleKey(text: string): string | undefined {
  try {
    const key = createPrivateKey(text.replaceAll('\\n', '\n'))
    if (key.asymmetricKeyDetails?.namedCurve !== 'prime256v1') return undefined
    return key.export({ type: 'pkcs8', format: 'pem' }).toString()
  } catch {
    return undefined
  }
}

function readScopes(text: string): string | undefined {
  const scopes = text.split(/\s+/)
  // RFC 6749, section 3.3.
  return scopes.every((scope) => /^[\x21\x23-\x5b\x5d-\x7e]+$/.test(scope)) ? scopes.join(' ') : undefined
}

function readTenants(text: string): string[] | undefined {
  const tenants = splitWords(text.toLowerCase())
  return tenants.every((id) => /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) ? tenants : undefined
}

function readDomains(text: string): string[] | undefined {
  const words = splitWords(text)
  if (words.includes('*')) return words.length === 1 ? words : undefined
  const domains = words.map(toAsciiDomain).filter((domain) => domain !== null)
  const areSound = domains.every((domain) => /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/.test(domain))
  return areSound && domains.length === words.length ? domains : undefined
}
