import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react'
import { showFailure } from '../forms/failure-text.tsx'
import { useConnection } from './connection.ts'

/** Data that is loaded when a screen opens. */
export interface Loaded<T> {
  /** Null until the first load ends. The data of the previous load stays during the next one. */
  data: T | null
  /** Whether the data answers an earlier question: `load` is another function now, and has not ended. */
  isOutdated: boolean
  /** The sentence of a failed load; null without a failure. */
  failure: ReactNode
  reload(): Promise<void>
  /** Takes the failure off the page, and loads again. */
  retry(): Promise<void>
}

/**
 * Loads data, and loads it again when the server can be reached again.
 *
 * @param load - must be the same function between renders; another function asks another question
 */
export function useLoaded<T>(load: () => Promise<T>): Loaded<T> {
  const [loaded, setLoaded] = useState<{ data: T; by: () => Promise<T> } | null>(null)
  const [failed, setFailed] = useState<{ error: unknown; by: () => Promise<T> } | null>(null)
  const connection = useConnection()
  const latest = useRef(0)
  const reload = useCallback(async () => {
    const turn = ++latest.current
    try {
      const next = await load()
      if (turn !== latest.current) return
      setLoaded({ data: next, by: load })
      setFailed(null)
    } catch (error) {
      if (turn !== latest.current) return
      setFailed({ error, by: load })
      // The answer to an earlier question is no answer to this one.
      setLoaded((earlier) => (earlier?.by === load ? earlier : null))
    }
  }, [load])
  const retry = useCallback(() => {
    setFailed(null)
    return reload()
  }, [reload])
  useEffect(() => {
    if (connection === 'online') void reload()
  }, [connection, reload])
  return {
    data: loaded?.data ?? null,
    isOutdated: loaded !== null && loaded.by !== load,
    failure: failed?.by === load ? showFailure(failed.error) : null,
    reload,
    retry,
  }
}
