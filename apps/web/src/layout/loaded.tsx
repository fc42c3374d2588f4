import type { ReactNode } from 'react'
import { useConnection } from '../connection/connection.ts'
import { FailedPart, Loading } from './messages.tsx'

interface LoadedProps<T> {
  /** Null until the data is loaded. */
  data: T | null
  /** The sentence of a failed load; null without a failure. */
  failure: ReactNode
  /** Loads the data again after a failure. */
  retry?: () => void
  /** Renders the data, and everything below it. */
  children: (data: T) => ReactNode
}

/**
 * Shows loaded data. Until it is there, shows that it is being loaded, or the failure.
 *
 * The content below the data belongs into `children` too: shown earlier, it would move when the data arrives.
 */
export function Loaded<T>({ data, failure, retry, children }: LoadedProps<T>) {
  const connection = useConnection()
  if (data !== null) return children(data)
  if (failure === null) return <Loading />
  // While the server cannot be reached, the banner says so already.
  return connection === 'online' ? <FailedPart failure={failure} onRetry={retry} /> : null
}
