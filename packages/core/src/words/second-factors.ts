import type { TokenPair } from './claims.ts'

/** The second factors, in the order in which they are offered. */
export const SECOND_FACTORS = ['passkey', 'totp', 'recovery_code'] as const

/** A second factor that a sign-in accepts. */
export type SecondFactor = (typeof SECOND_FACTORS)[number]

/** What a signed-in user can prove that it is itself with. */
export type ProofMethod = 'password' | 'social' | SecondFactor

/** A second factor that can be set up by itself. */
export type SetupFactor = 'totp' | 'passkey'

/** What `navigator.credentials.get` takes, as JSON. The names are those of WebAuthn. */
export interface PasskeyRequest {
  /** 32 random bytes in base64url, 43 characters. */
  challenge: string
  rpId: string
  /** Milliseconds. */
  timeout: number
  userVerification: 'required'
  allowCredentials: { type: 'public-key'; id: string; transports: string[] }[]
}

/** The answer to a right first factor of a user who has a second one. It is no session and holds no token. */
export interface SecondFactorRequired {
  mfaRequired: true
  /** 32 random bytes in base64url, 43 characters. */
  challengeId: string
  methods: SecondFactor[]
  /** Seconds. */
  expiresIn: number
  /** Only with `passkey` among the methods. */
  passkeyOptions?: PasskeyRequest
}

/** The answer to a right first factor of a user who must have a second one, and has none. It holds no token. */
export interface SetupRequired {
  mfaSetupRequired: true
  /** 32 random bytes in base64url, 43 characters. */
  setupChallengeId: string
  methods: SetupFactor[]
  /** Seconds. */
  expiresIn: number
}

/** The answer to a sign-in that has to go on before there is a session. */
export type UnfinishedSignIn = SecondFactorRequired | SetupRequired

/** The answer to a right first factor: the tokens of a session, or what has to come before. */
export type SignInAnswer = TokenPair | UnfinishedSignIn
