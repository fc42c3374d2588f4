import type { Way } from '../way.ts'
import { describePreset } from './open-id.ts'

/** LinkedIn writes no `nonce` into its tokens, and answers a `code_verifier` beside a secret with `invalid_client`. */
export const LINKEDIN: Way = describePreset({
  name: 'LinkedIn',
  issuer: 'https://www.linkedin.com/oauth',
  keepsNonce: false,
  takesVerifier: false,
})
