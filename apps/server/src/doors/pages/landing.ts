import {
  type ContractSettings,
  createLandingJudge,
  dropToken,
  fillLanding,
  holdsToken,
  LANDING_QUERY,
  type LinkPurpose,
} from '@latchkey/contract'
import type { Site } from './html/index.ts'
import type { ViewRequest } from './view.ts'

/** The page that a mailed link leads on to. */
export interface Landing {
  /** Whether the page gets the secret of the link, and does the work of the link by itself. */
  takesToken: boolean
  /** The address of the page with the secret in it. */
  withToken(token: string): string
  /** The address of the page for a link that has done its work. */
  done: string
}

/** Finds the landing of a link: the address that its mail was asked for with, the page of the settings, or ours. */
export type FindLanding = (request: Pick<ViewRequest, 'c' | 'site'>) => Landing

interface LandingOptions {
  purpose: LinkPurpose
  /** The page of the settings; null for the built-in page. */
  configured: string | null
  builtIn: (site: Site) => string
}

/**
 * Makes the function that finds the landing of a link.
 *
 * The address in a link is judged when the link is opened: a caller may have changed it, or the operator the settings.
 */
export function createFindLanding(settings: ContractSettings, options: LandingOptions): FindLanding {
  const judge = createLandingJudge(settings.redirectUrls)
  return ({ c, site }) => {
    const named = c.req.query(LANDING_QUERY)
    const allowed = named === undefined ? null : judge(Buffer.from(named, 'base64url').toString())
    return describe(allowed ?? options.configured ?? options.builtIn(site), options.purpose)
  }
}

/** The page of the settings behind a form, without a secret. */
export function describeConfigured(configured: string | null, purpose: LinkPurpose): string | null {
  return configured && describe(configured, purpose).done
}

function describe(target: string, purpose: LinkPurpose): Landing {
  return {
    takesToken: holdsToken(target),
    withToken: (token) => fillLanding(target, { token, purpose }),
    done: fillLanding(dropToken(target), { token: '', purpose }),
  }
}
