/**
 * A mistake in a `postgres://` URL. The message completes "The URL …".
 *
 * It quotes no part of the URL that could be a piece of a password with an unescaped character.
 */
export class DatabaseUrlError extends Error {
  override readonly name = 'DatabaseUrlError'
}

/** @throws {DatabaseUrlError} always */
export function refuse(message: string): never {
  throw new DatabaseUrlError(message)
}

/**
 * Decodes a percent-encoded part.
 *
 * @throws {DatabaseUrlError} when it is not UTF-8 in percent-encoding, or has a character that PostgreSQL cannot take
 */
export function decodePart(text: string, part: string): string {
  const decoded = decode(text)
  if (decoded === null) {
    refuse(
      `has a ${part} with a stray percent sign or bytes that are not UTF-8; a percent sign itself is %25`,
    )
  }
  if (decoded.includes('\0')) refuse(`has a ${part} with the character %00`)
  return decoded
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}
