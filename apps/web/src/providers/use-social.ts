import { useClient } from '@latchkey/client/react'
import { createSocialOperations, type SocialOperations } from '@latchkey/client/social'
import { useMemo } from 'react'

/** Returns the operations on accounts at other providers; the same object in every render of a component. */
export function useSocial(): SocialOperations {
  const client = useClient()
  return useMemo(() => createSocialOperations(client), [client])
}
