/**
 * Lists the origins of other sites that may use the passkeys of an RP ID, as a browser reads them at
 * `/.well-known/webauthn`. A page below the RP ID needs no such entry.
 *
 * @see WebAuthn Level 3, section 5.11
 */
export function listRelatedOrigins(site: { rpId: string; origins: readonly string[] }): string[] {
  return site.origins.filter((origin) => {
    if (!URL.canParse(origin)) return false
    const { protocol, hostname } = new URL(origin)
    const isBelow = hostname === site.rpId || hostname.endsWith(`.${site.rpId}`)
    return protocol === 'https:' && !isBelow
  })
}
