import type { User } from '@latchkey/client'
import { useUser } from '@latchkey/client/react'
import { useEffect, useEffectEvent } from 'react'
import { useConnection } from '../connection/connection.ts'
import { describeFailure } from '../forms/describe-failure.ts'

interface Details {
  data: User | null
  failure: string | null
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
  return { data: user, failure: error && describeFailure(error) }
}
