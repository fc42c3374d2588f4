import type { UserId } from '../../words/ids.ts'

/** The user handle of a user in its passkeys: the 16 bytes of the id, base64url. */
export function describeUserHandle(userId: UserId): string {
  return Buffer.from(userId.replaceAll('-', ''), 'hex').toString('base64url')
}
