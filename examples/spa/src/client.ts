import { createClient } from '@latchkey/client'
import { cookieMode } from '@latchkey/client/cookie'
import { createSocialOperations } from '@latchkey/client/social'

const { VITE_LATCHKEY_URL, VITE_LATCHKEY_MODE } = import.meta.env

export const client = createClient({
  baseUrl: VITE_LATCHKEY_URL ?? 'http://localhost:3000',
  mode: VITE_LATCHKEY_MODE === 'cookie' ? cookieMode : undefined,
})

export const social = createSocialOperations(client)
