/** What the operator calls the service, and how it looks: in pages, in the portal and in mails. */
export interface Brand {
  /** The name of the service, as its users know it. */
  name: string
  /**
   * The address of the logo; null for the mark of Latchkey. The core has the whole URL, for mails. Pages and the portal
   * have the path alone, so that the logo is of the origin that the visitor sees.
   */
  logoUrl: string | null
  /** The accent of the light theme: `#rrggbb` in lower case. {@link describeColors} gives the other colours. */
  color: string
  /** Where a user gets help: an address of https or mailto. */
  supportUrl: string | null
  /** The app that users come from and go back to. */
  appUrl: string | null
}

export const DEFAULT_COLOR = '#0d6157'

/** The brand of a server that has no settings of a brand and runs on this machine. */
export const DEFAULT_BRAND: Brand = {
  name: 'Latchkey',
  logoUrl: null,
  color: DEFAULT_COLOR,
  supportUrl: null,
  appUrl: null,
}
