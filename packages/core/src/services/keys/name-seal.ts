/** How many characters of a sealed text name its key: the beginning of the header up to the key id, 48 bytes. */
export const SEAL_CHARACTERS = 64

/** What everything begins with that was sealed under a key: a header whose third member is the key id. */
export function nameSeal(kid: string): string {
  const header = JSON.stringify({ alg: 'dir', enc: 'A256GCM', kid })
  return Buffer.from(header).toString('base64url').slice(0, SEAL_CHARACTERS)
}
