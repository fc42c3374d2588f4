import { z } from 'zod'
import { time } from './answers.ts'
import { EXAMPLE_ID } from './ids.ts'
import { passkeyRequest } from './unfinished-sign-in.ts'

/** Ten new recovery codes. They are shown once. */
export const recoveryCodes = z.array(z.string()).meta({
  description: 'Ten codes, shown once. Each works once.',
  example: ['k3f9-0a1b-7xyz-2m4n-p5q6-r8st'],
})

const success = z.literal(true)

/** What a user has of second factors. */
export const mfaStatus = z
  .object({
    enabled: z
      .boolean()
      .meta({ description: 'Whether a sign-in with the password asks for a second factor.' }),
    required: z.boolean().meta({ description: 'Whether this server demands one of this account.' }),
    methods: z
      .array(z.enum(['passkey', 'totp', 'recovery_code']))
      .meta({ description: 'Those that work now.' }),
    recovery_codes_left: z.int(),
  })
  .meta({ id: 'MfaStatus', description: 'The second factors of a user.' })

/** Everything that a user can prove itself with besides the password, the oldest first. */
export const authenticatorList = z.array(
  z
    .object({
      id: z.string().meta({ example: EXAMPLE_ID }),
      type: z.enum(['totp', 'recovery_codes', 'webauthn']),
      created_at: time,
      last_used_at: time.nullable(),
      left: z.int().optional().meta({ description: 'Of recovery codes: how many are unused.' }),
      name: z.string().optional().meta({ description: 'Of a passkey.' }),
    })
    .meta({ id: 'Authenticator', description: 'An authenticator app, the recovery codes, or a passkey.' }),
)

/** A secret for an authenticator app. */
export const totpSetUp = z.object({
  secret: z.string().meta({ description: '32 symbols of base32.' }),
  provisioning_uri: z.string().meta({ description: 'The same as an `otpauth://` address.' }),
  qr_code: z.string().meta({ description: 'The address as a QR code: SVG.' }),
  expires_in: z.int().meta({ description: 'Seconds until the secret is dead.', example: 900 }),
})

/** A done change. */
export const doneAnswer = z.object({ success })

/** A done change, with recovery codes when it turned the second factor on. */
export const doneWithCodes = z.object({ success, recovery_codes: recoveryCodes.optional() })

/** The new recovery codes of a user. */
export const newRecoveryCodes = z.object({ recovery_codes: recoveryCodes })

/** What a browser needs to ask for a passkey. */
export const passkeyRequestAnswer = z.object({ options: passkeyRequest })
