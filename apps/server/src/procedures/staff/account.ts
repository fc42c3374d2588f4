import type { StaffUser } from '@latchkey/core'
import { z } from 'zod'
import { time } from '../answers.ts'

/** An account as staff read it. */
export const account = z.object({
  id: z.string().meta({ example: '01890a5d-ac96-774b-bcce-b302099a8057' }),
  email: z.string().meta({ example: 'ada@example.com' }),
  first_name: z.string().meta({ example: 'Ada' }),
  last_name: z.string().meta({ example: 'Lovelace' }),
  role: z.int().meta({ description: '0 user, 1000 staff, 900 superuser.', example: 0 }),
  is_active: z.boolean(),
  email_verified: z.boolean(),
  created_at: time(),
})

/** Tells an account in the words of the contract. */
export function describeAccount(found: StaffUser) {
  const { firstName, lastName, isActive, emailVerified, createdAt, ...same } = found
  return {
    ...same,
    first_name: firstName,
    last_name: lastName,
    is_active: isActive,
    email_verified: emailVerified,
    created_at: createdAt.toISOString(),
  }
}
