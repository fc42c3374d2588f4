import { DPOP_MODES } from '@latchkey/contract'
import { DEFAULT_CORE_CONFIG as defaults } from '@latchkey/core'
import { proofUrls } from './addresses.ts'
import { oneOf } from './readers.ts'
import { documented, type SettingsOf } from './setting.ts'

/** The variables of sessions that are bound to a key of the caller. */
export const proofVariables = {
  DPOP: documented(oneOf(DPOP_MODES), {
    default: '`optional`',
    meaning:
      '`optional`: a session that is opened with a proof (RFC 9449) is refreshed by the holder of its key alone; `required`: no session is opened without one; `off`: proofs are ignored, so a bound session ends with its access token',
  }),
  DPOP_BASE_URLS: documented(proofUrls(), {
    default: '–, `http://localhost:5173` outside of production',
    meaning:
      'further addresses of the server that a proof may name, separated by commas: those of proxies that pass calls on to it, such as `https://app.example.com/auth`; the address of `PUBLIC_URL` always counts',
  }),
}

/** Where `npm run dev` serves the pages of the portal, which pass their calls on to the server. */
const DEVELOPMENT_PORTAL = 'http://localhost:5173'

/** The settings of {@link proofVariables}, with their defaults. */
export function proofConfig(env: SettingsOf<typeof proofVariables>, { production }: { production: boolean }) {
  return {
    dpop: env.DPOP ?? defaults.dpop,
    dpopBaseUrls: env.DPOP_BASE_URLS ?? (production ? defaults.dpopBaseUrls : [DEVELOPMENT_PORTAL]),
  }
}

/** Finds addresses that proofs must not name in production. */
export function findProofFaults(config: { production: boolean; dpopBaseUrls: readonly string[] }): string[] {
  const isPlain = config.dpopBaseUrls.some((url) => url.startsWith('http:'))
  return config.production && isPlain ? ['DPOP_BASE_URLS must begin with https:// in production'] : []
}
