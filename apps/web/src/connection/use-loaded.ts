import { useCallback, useEffect, useRef, useState } from 'react'
import { describeFailure } from '../forms/describe-failure.ts'
import { useConnection } from './connection.ts'

/** Data that is loaded when a screen opens. */
export interface Loaded<T> {
  /** Null until the first load ends. The data of the previous load stays during the next one. */
  data: T | null
  failure: string | null
  reload(): Promise<void>
}

/**
 * Loads data, and loads it again when the server can be reached again.
 *
 * @param load - must be the same function between renders
 */
export function useLoaded<T>(load: () => Promise<T>): Loaded<T> {
  const [data, setData] = useState<T | null>(null)
  const [failure, setFailure] = useState<string | null>(null)
  const connection = useConnection()
  const latest = useRef(0)
  const reload = useCallback(async () => {
    const turn = ++latest.current
    try {
      const next = await load()
      if (turn !== latest.current) return
      setData(next)
      setFailure(null)
    } catch (error) {
      if (turn === latest.current) setFailure(describeFailure(error))
    }
  }, [load])
  useEffect(() => {
    if (connection === 'online') void reload()
  }, [connection, reload])
  return { data, failure, reload }
}
