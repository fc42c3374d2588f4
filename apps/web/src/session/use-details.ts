import type { User } from '@latchkey/client'
import { type ReactNode, useEffect, useEffectEvent } from 'react'
import { useConnection } from '../connection/connection.ts'
import { showFailure } from '../forms/failure-text.tsx'
import { useSettledUser } from './use-settled-session.ts'

interface Details {
  data: User | null
  failure: ReactNode
  retry(): Promise<void>
}

/** Loads the details of the signed-in user, and loads them again when the server can be reached again. */
export function useDetails(): Details {
  const { user, error, reload } = useSettledUser()
  const connection = useConnection()
  const reloadFailed = useEffectEvent(() => {
    if (error !== null) void reload()
  })
  useEffect(() => {
    if (connection === 'online') reloadFailed()
  }, [connection])
  return { data: user, failure: error && showFailure(error), retry: reload }
}
