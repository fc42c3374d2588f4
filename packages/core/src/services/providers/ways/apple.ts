import type { Way } from '../way.ts'
import { describePreset } from './open-id.ts'

/** Apple proves every address. Names come in the first callback only, and in no token. */
export const APPLE: Way = describePreset({
  name: 'Apple',
  issuer: 'https://appleid.apple.com',
  scopes: 'openid email name',
  responseMode: 'form_post',
  mayLackNonce: true,
})
