/** The preference of a client that asks whether there is a session at all, and takes an empty answer for no. */
export const OPTIONAL_SESSION = 'session=optional'

/**
 * Returns whether a caller takes an empty answer in place of a refusal when it has no session (RFC 7240).
 *
 * A browser shows every refusal in red in its console, also that of a visitor who never signed in.
 */
export function prefersOptionalSession(request: Headers): boolean {
  const wishes = (request.get('prefer') ?? '').toLowerCase().split(/[,;]/)
  return wishes.some((wish) => wish.replaceAll(/[\s"]/g, '') === OPTIONAL_SESSION)
}
