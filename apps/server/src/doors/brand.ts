import type { Brand } from '@latchkey/contract'

/**
 * Describes the brand for a visitor of this server: the logo is a path.
 *
 * The policies of the pages load pictures of the own origin alone, and a developer may reach the server by another name
 * of this machine than that of `PUBLIC_URL`.
 */
export function describeBrand(brand: Brand): Brand {
  const url = brand.logoUrl === null ? null : new URL(brand.logoUrl)
  return { ...brand, logoUrl: url && url.pathname + url.search + url.hash }
}
