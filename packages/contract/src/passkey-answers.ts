import { z } from 'zod'
import { time } from './answers.ts'
import { recoveryCodes } from './factor-answers.ts'
import { EXAMPLE_ID } from './ids.ts'

const credentialId = () =>
  z
    .string()
    .meta({ description: 'The id that the authenticator chose, base64url.', example: 'dGhlIGlkIG9mIGEga2V5' })

/** A passkey, as its owner reads it. */
export const ownPasskey = z
  .object({
    id: z.string().meta({ example: EXAMPLE_ID }),
    credential_id: credentialId(),
    name: z.string().meta({ example: 'iCloud Keychain' }),
    created_at: time,
    last_used_at: time.nullable(),
    backed_up: z.boolean().meta({ description: 'Whether it is synced to other devices.' }),
  })
  .meta({ id: 'Passkey', description: 'A passkey of a user.' })

/** The passkeys of a user, and what a browser needs to tell authenticators which of them still count. */
export const passkeyList = z
  .object({
    passkeys: z.array(ownPasskey),
    rp_id: z.string().meta({ description: 'The domain of the passkeys.', example: 'auth.example.com' }),
    user_handle: z.string().meta({ description: 'The id of the user in its passkeys: 16 bytes, base64url.' }),
  })
  .meta({ id: 'PasskeyList' })

const transports = z.array(z.string()).meta({ example: ['internal', 'hybrid'] })
const credentialType = z.literal('public-key')

/** What `navigator.credentials.create` takes, as JSON. The names are those of WebAuthn. */
export const passkeyCreation = z
  .object({
    challenge: z.string(),
    rp: z.object({ id: z.string().meta({ example: 'auth.example.com' }), name: z.string() }),
    user: z.object({ id: z.string(), name: z.string(), displayName: z.string() }),
    pubKeyCredParams: z.array(z.object({ type: credentialType, alg: z.int() })),
    timeout: z.int().meta({ description: 'Milliseconds.', example: 300_000 }),
    attestation: z.literal('none'),
    authenticatorSelection: z.object({
      residentKey: z.literal('required'),
      requireResidentKey: z.literal(true),
      userVerification: z.literal('required'),
    }),
    excludeCredentials: z.array(z.object({ type: credentialType, id: credentialId(), transports })),
  })
  .meta({ id: 'PasskeyCreation', description: 'For `PublicKeyCredential.parseCreationOptionsFromJSON`.' })

/** The options of a new passkey. */
export const passkeyCreationAnswer = z.object({ options: passkeyCreation })

/** A new passkey, with recovery codes for a sign-in that had to set a factor up. */
export const addedPasskey = ownPasskey.extend({ recovery_codes: recoveryCodes.optional() })
