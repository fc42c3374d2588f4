import { z } from 'zod'

/** A ceremony's secret: 32 random bytes, base64url. */
const secret = () =>
  z.string().meta({ description: '43 characters. It opens the next step, and nothing else.' })

const expiresIn = z.int().meta({ description: 'Seconds until the next step is too late.', example: 300 })

/** What `navigator.credentials.get` takes, as JSON. The names are those of WebAuthn. */
export const passkeyRequest = z
  .object({
    challenge: z.string(),
    rpId: z.string().meta({ example: 'auth.example.com' }),
    timeout: z.int().meta({ description: 'Milliseconds.', example: 300_000 }),
    userVerification: z.literal('required'),
    allowCredentials: z.array(
      z.object({ type: z.literal('public-key'), id: z.string(), transports: z.array(z.string()) }),
    ),
  })
  .meta({ id: 'PasskeyRequest', description: 'For `PublicKeyCredential.parseRequestOptionsFromJSON`.' })

/** The sentence of an operation that has one. */
const detail = z.string().optional().meta({ description: 'Where tokens would come with a sentence.' })

/** The answer to a right first factor where the second one is due. */
export const secondFactorRequired = z
  .object({
    detail,
    mfa_required: z.literal(true),
    challenge_id: secret(),
    methods: z.array(z.enum(['passkey', 'totp', 'recovery_code'])),
    expires_in: expiresIn,
    passkey_options: passkeyRequest
      .optional()
      .meta({ description: 'Only with `passkey` among the methods.' }),
  })
  .meta({ id: 'SecondFactorRequired', description: 'A right first factor; the second one is due.' })

/** The answer to a right first factor where a second one has to be set up. */
export const setupRequired = z
  .object({
    detail,
    mfa_setup_required: z.literal(true),
    setup_challenge_id: secret(),
    methods: z.array(z.enum(['totp', 'passkey'])),
    expires_in: expiresIn,
  })
  .meta({ id: 'SetupRequired', description: 'A right first factor; a second one has to be set up.' })

/** The answer to a right first factor that is no session yet. */
export type UnfinishedAnswer = z.output<typeof secondFactorRequired> | z.output<typeof setupRequired>

/**
 * The answer of an operation that asks for a second factor: the complete one, or one without tokens that names the next
 * step. The complete one comes last, because it has no field of its own where its tokens are optional.
 */
export function withUnfinished<Complete>(
  complete: z.ZodType<Complete>,
): z.ZodType<Complete | UnfinishedAnswer> {
  return z.union([secondFactorRequired, setupRequired, complete])
}
