import type { User } from '@latchkey/client'
import { useUser } from '@latchkey/client/react'
import { type ReactNode, useEffect, useEffectEvent } from 'react'
import { useConnection } from '../connection/connection.ts'
import { showFailure } from '../forms/failure-text.tsx'

interface Details {
  data: User | null
  failure: ReactNode
  retry(): Promise<void>
}

/** Loads the details of the signed-in user, and loads them again when the server can be reached again. */
export function useDetails(): Details {
  const { user, error, reload } = useUser()
  const connection = useConnection()
  const reloadFailed = useEffectEvent(() => {
    if (error !== null) void reload()
  })
  useEffect(() => {
    if (connection === 'online') reloadFailed()
  }, [connection])
  return { data: user, failure: error && showFailure(error), retry: reload }
}
