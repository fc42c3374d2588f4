import type { ReactNode } from 'react'
import { useConnection } from '../connection/connection.ts'
import { Alert, Loading } from './messages.tsx'

interface LoadedProps<T> {
  /** Null while it is loaded. */
  data: T | null
  /** Why it could not be loaded. */
  failure: string | null
  /** Draws it, and everything below it. */
  children: (data: T) => ReactNode
}

/**
 * Shows what was loaded, that it is loaded, or why it could not be.
 *
 * What comes below belongs into it as well: shown earlier, it would be pushed away from under a pointer.
 */
export function Loaded<T>({ data, failure, children }: LoadedProps<T>) {
  const connection = useConnection()
  if (data !== null) return children(data)
  if (failure === null) return <Loading />
  // Out of reach of the server the banner says so.
  return connection === 'online' ? <Alert>{failure}</Alert> : null
}
