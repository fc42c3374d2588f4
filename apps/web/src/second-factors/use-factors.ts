import { createMfaOperations, type SecondFactorOperations } from '@latchkey/client/mfa'
import { useClient } from '@latchkey/client/react'
import { useMemo } from 'react'

/** Returns the operations on second factors; the same object in every render of a component. */
export function useFactors(): SecondFactorOperations {
  const client = useClient()
  return useMemo(() => createMfaOperations(client), [client])
}
