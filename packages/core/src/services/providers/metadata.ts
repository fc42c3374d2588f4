import {
  type AuthorizationServer,
  allowInsecureRequests,
  customFetch,
  discoveryRequest,
  processDiscoveryResponse,
} from 'oauth4webapi'
import type { Clock } from '../../database/clock.ts'
import { HOUR_SECONDS } from '../../words/time.ts'
import { ProviderDown } from './provider-faults.ts'
import type { Fetch } from './provider-fetch.ts'

/** Where a provider's endpoints are, and how it signs. */
export type Metadata = AuthorizationServer

/** Gives the metadata of one provider. */
export type FindMetadata = () => Promise<Metadata>

/**
 * Discovers the metadata of an issuer at its first use, and keeps it for an hour.
 *
 * Calls at the same time share one request. A failure is not kept: the next call asks again.
 *
 * @param issuer - where the metadata lies
 * @param parts.expectedIssuer - what the metadata must name, when that is not `issuer`: the template of Microsoft
 * @returns a function that throws {@link ProviderDown}, also when the metadata names another issuer
 */
export function discoverMetadata(
  issuer: string,
  parts: { fetch: Fetch; clock: Clock; expectedIssuer?: string },
): FindMetadata {
  let kept: { metadata: Metadata; untilSeconds: number } | null = null
  let underWay: Promise<Metadata> | null = null
  async function ask(): Promise<Metadata> {
    try {
      const metadata = await readMetadata(issuer, parts)
      kept = { metadata, untilSeconds: parts.clock.steadySeconds() + HOUR_SECONDS }
      return metadata
    } finally {
      underWay = null
    }
  }
  return async () => {
    if (kept !== null && parts.clock.steadySeconds() < kept.untilSeconds) return kept.metadata
    underWay ??= ask()
    return underWay
  }
}

async function readMetadata(
  issuer: string,
  { fetch, expectedIssuer = issuer }: { fetch: Fetch; expectedIssuer?: string },
): Promise<Metadata> {
  try {
    const response = await discoveryRequest(new URL(issuer), {
      [customFetch]: fetch as never,
      // The fetch allows http for this machine only.
      [allowInsecureRequests]: true,
    })
    return await processDiscoveryResponse(new URL(expectedIssuer), response)
  } catch (error) {
    if (error instanceof ProviderDown) throw error
    throw new ProviderDown('unfit metadata', { cause: error })
  }
}
