import { createPublicKey, type KeyObject } from 'node:crypto'
import { OLD_TOKEN_ALGORITHMS, type OldTokenAlgorithm, type OldTokenOptions } from '@latchkey/core'
import { oneOf } from './readers.ts'
import { isLongEnough } from './secrets.ts'
import { documented, type SettingsOf, setting } from './setting.ts'

/** What a public key must be for an algorithm to verify with it. */
const KEYS: Record<string, { words: string; fits: (key: KeyObject) => boolean }> = {
  RS: {
    words: 'an RSA key of at least 2048 bits',
    fits: ({ asymmetricKeyType, asymmetricKeyDetails }) =>
      asymmetricKeyType === 'rsa' && (asymmetricKeyDetails?.modulusLength ?? 0) >= 2048,
  },
  ES256: { words: 'a key on the curve P-256', fits: isOnCurve('prime256v1') },
  ES384: { words: 'a key on the curve P-384', fits: isOnCurve('secp384r1') },
  ES512: { words: 'a key on the curve P-521', fits: isOnCurve('secp521r1') },
}

/** The variables of the deployment from which users were moved in. */
export const oldTokenVariables = {
  DJANGO_SECRET_KEY: documented(
    setting({ expected: 'the secret with which the old deployment signs its tokens', read: (text) => text }),
    {
      default: '–',
      meaning:
        'after a move from django-jwt-allauth: the secret that signed its tokens (`JWT_ALLAUTH_SECRET_KEY`, else `SECRET_KEY` of Django), so that its sessions go on here; remove it when the last old refresh token has expired',
      secret: true,
    },
  ),
  DJANGO_JWT_ALGORITHM: documented(oneOf(OLD_TOKEN_ALGORITHMS), {
    default: '`HS256`',
    meaning:
      'how the old tokens are signed; beside `HS256`, `HS384` and `HS512` the `RS` and `ES` ones of the same lengths',
  }),
  DJANGO_JWT_PUBLIC_KEY: documented(
    setting({ expected: 'a public key in PEM, whose lines may be joined by \\n', read: readPublicKey }),
    {
      default: '–',
      meaning:
        'the public key of the old tokens in PEM, in place of `DJANGO_SECRET_KEY`, for an algorithm that begins with `RS` or `ES`; its lines may be joined by `\\n`',
    },
  ),
  DJANGO_JWT_ISSUER: documented(setting({ expected: 'the iss of the old tokens', read: (text) => text }), {
    default: 'any',
    meaning: 'the `iss` that the old tokens must have',
  }),
  DJANGO_JWT_AUDIENCE: documented(setting({ expected: 'the aud of the old tokens', read: (text) => text }), {
    default: 'any',
    meaning: 'the `aud` that the old tokens must have',
  }),
}

type Given = SettingsOf<typeof oldTokenVariables>

/** The settings of {@link oldTokenVariables}. */
export function oldTokenConfig(env: Given) {
  const algorithm = env.DJANGO_JWT_ALGORITHM ?? 'HS256'
  const { DJANGO_SECRET_KEY: secret = null, DJANGO_JWT_PUBLIC_KEY: publicKey = null } = env
  const [issuer, audience] = [env.DJANGO_JWT_ISSUER ?? null, env.DJANGO_JWT_AUDIENCE ?? null]
  const key = isSymmetric(algorithm) ? secret : publicKey
  const oldTokens: OldTokenOptions | null = key === null ? null : { algorithm, key, issuer, audience }
  return { oldTokens, oldTokenSettings: { algorithm, secret, publicKey, issuer, audience } }
}

/** The settings that {@link oldTokenConfig} reads, for the search of faults. */
interface Candidate {
  secretKey: string | null
  secretKeyFallbacks: string[]
  oldTokenSettings: ReturnType<typeof oldTokenConfig>['oldTokenSettings']
}

/** Finds settings of old tokens that do not fit together. */
export function findOldTokenFaults(config: Candidate, given: (name: string) => boolean): string[] {
  const { algorithm, secret, publicKey } = config.oldTokenSettings
  const needed = isSymmetric(algorithm) ? 'DJANGO_SECRET_KEY' : 'DJANGO_JWT_PUBLIC_KEY'
  const faults: string[] = []
  if (secret !== null && !isSymmetric(algorithm)) {
    faults.push(
      `DJANGO_SECRET_KEY must not be set with DJANGO_JWT_ALGORITHM=${algorithm}: it verifies no token`,
    )
  }
  if (publicKey !== null && isSymmetric(algorithm)) {
    faults.push(
      `DJANGO_JWT_PUBLIC_KEY must not be set with the algorithm ${algorithm}: set DJANGO_JWT_ALGORITHM to that of the key`,
    )
  }
  if (!given(needed) && faults.length === 0) {
    const others = ['DJANGO_JWT_ISSUER', 'DJANGO_JWT_AUDIENCE'].filter(given)
    if (!isSymmetric(algorithm)) others.unshift('DJANGO_JWT_ALGORITHM')
    faults.push(...others.map((name) => `${name} has no effect without ${needed}: set both or none`))
  }
  if (publicKey !== null && !isSymmetric(algorithm)) faults.push(...findKeyFaults(algorithm, publicKey))
  if (secret !== null && [config.secretKey, ...config.secretKeyFallbacks].includes(secret)) {
    faults.push(
      'DJANGO_SECRET_KEY must not be a SECRET_KEY of this server: every service that checked old tokens knows it',
    )
  }
  return faults
}

/** Finds a secret that is weak. It is not ours to change, so it is only said. */
export function findOldTokenWarnings({ oldTokenSettings }: Pick<Candidate, 'oldTokenSettings'>): string[] {
  const { secret } = oldTokenSettings
  if (secret === null || isLongEnough(secret)) return []
  return [
    'DJANGO_SECRET_KEY is shorter than 32 bytes: who guesses it can forge old tokens, so remove it as early as you can',
  ]
}

function findKeyFaults(algorithm: OldTokenAlgorithm, publicKey: string): string[] {
  const wanted = KEYS[algorithm] ?? KEYS.RS
  if (!wanted || wanted.fits(createPublicKey(publicKey))) return []
  return [`DJANGO_JWT_PUBLIC_KEY must be ${wanted.words} for DJANGO_JWT_ALGORITHM=${algorithm}`]
}

function isSymmetric(algorithm: OldTokenAlgorithm): boolean {
  return algorithm.startsWith('HS')
}

function isOnCurve(name: string) {
  return ({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject) =>
    asymmetricKeyType === 'ec' && asymmetricKeyDetails?.namedCurve === name
}

/** A private key would do as well, and must not lie on another machine. */
function readPublicKey(text: string): string | undefined {
  const pem = text.replaceAll('\\n', '\n')
  if (pem.includes('PRIVATE')) return undefined
  try {
    return createPublicKey(pem).export({ type: 'spki', format: 'pem' }).toString()
  } catch {
    return undefined
  }
}
