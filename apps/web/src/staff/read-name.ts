import type { StaffAccount } from '@latchkey/client'

/** Returns the full name of a user; empty when the user gave none. */
export function readName({ first_name, last_name }: Pick<StaffAccount, 'first_name' | 'last_name'>): string {
  return `${first_name} ${last_name}`.trim()
}
