import { useClient } from '@latchkey/client/react'
import { createStaffOperations, type StaffOperations } from '@latchkey/client/staff'
import { useMemo } from 'react'

/** Returns the operations of staff; the same object in every render of a component. */
export function useStaff(): StaffOperations {
  const client = useClient()
  return useMemo(() => createStaffOperations(client), [client])
}
