import type { User } from '@latchkey/client'
import { useSession, useUser } from '@latchkey/client/react'
import { useEffect, useEffectEvent, useState } from 'react'
import { useConnection } from '../connection/connection.ts'
import { describeFailure } from '../forms/describe-failure.ts'

interface Details {
  data: User | null
  failure: string | null
}

/**
 * Loads the details of the signed-in user, and loads them again when the server can be reached again.
 *
 * The old details stay during a new load. After a refresh of the token the client has no details for a moment, and
 * without the old ones the page would collapse.
 */
export function useDetails(): Details {
  const { user, error, reload } = useUser()
  const session = useSession()
  const connection = useConnection()
  const userId = session.status === 'signed_in' ? session.userId : null
  const [kept, setKept] = useState<{ userId: string; user: User } | null>(null)
  if (user !== null && userId !== null && kept?.user !== user) setKept({ userId, user })
  const reloadFailed = useEffectEvent(() => {
    if (error !== null) void reload()
  })
  useEffect(() => {
    if (connection === 'online') reloadFailed()
  }, [connection])
  const data = user ?? (kept?.userId === userId ? (kept?.user ?? null) : null)
  return { data, failure: error && describeFailure(error) }
}
