import type { ReactNode } from 'react'

/** Shows a name or an address inside a sentence. Its own direction does not disturb that of the sentence. */
export function isolate(name: ReactNode): ReactNode {
  return <bdi>{name}</bdi>
}
