import { isSupported } from '@latchkey/client/passkeys'
import { WAYS, type Way } from './prove.tsx'

/** Lists the ways that the server offers and this browser can go, the easiest first. */
export function listWays(methods: readonly string[]): Way[] {
  return WAYS.filter((way) => methods.includes(way) && (way !== 'passkey' || isSupported()))
}
