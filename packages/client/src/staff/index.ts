import type { LatchkeyClient } from '../client.ts'
import { createStaffCalls } from '../generated/create-staff-calls.ts'
import type { StaffOperations } from '../generated/operations.ts'
import { byRoute } from '../operations/create-operations.ts'
import { partsOf } from '../operations/parts.ts'

export type {
  StaffEventOperations,
  StaffOperations,
  StaffSessionOperations,
  StaffUserOperations,
} from '../generated/operations.ts'

/**
 * Creates the operations of staff, which call as the signed-in user of a client.
 *
 * They keep the session and fail as the operations of the client do. The server checks the role at each call.
 */
export function createStaffOperations(client: LatchkeyClient): StaffOperations {
  const { sendAsUser } = partsOf(client)
  return createStaffCalls(byRoute(sendAsUser))
}
