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
 * The details of the person who is signed in, as something that is loaded; loaded again once the server is back.
 *
 * They are kept while they are loaded anew: a renewed token makes the client forget them for a moment, in which the
 * page must not fall together.
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
