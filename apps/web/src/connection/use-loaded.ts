import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react'
import { showFailure } from '../forms/failure-text.tsx'
import { useConnection } from './connection.ts'

/** Data that is loaded when a screen opens. */
export interface Loaded<T> {
  /** Null until the first load ends. The data of the previous load stays during the next one. */
  data: T | null
  /** The sentence of a failed load; null without a failure. */
  failure: ReactNode
  reload(): Promise<void>
  /** Takes the failure off the page, and loads again. */
  retry(): Promise<void>
}

/**
 * Loads data, and loads it again when the server can be reached again.
 *
 * @param load - must be the same function between renders
 */
export function useLoaded<T>(load: () => Promise<T>): Loaded<T> {
  const [data, setData] = useState<T | null>(null)
  const [failure, setFailure] = useState<{ error: unknown } | null>(null)
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
      if (turn === latest.current) setFailure({ error })
    }
  }, [load])
  const retry = useCallback(() => {
    setFailure(null)
    return reload()
  }, [reload])
  useEffect(() => {
    if (connection === 'online') void reload()
  }, [connection, reload])
  return { data, failure: failure && showFailure(failure.error), reload, retry }
}
