import { Room } from '../layout/room.tsx'
import { useConnection } from './connection.ts'

const SENTENCES = {
  online: '',
  offline: 'You are offline. What you typed stays here; go on when you are back.',
  unreachable: 'The server cannot be reached just now. What you typed stays here; we keep trying.',
}

/**
 * Says at the top of every page that the server cannot be reached.
 *
 * The live region is always in the page: a screen reader reads out what appears in it later.
 */
export function ConnectionBanner() {
  const connection = useConnection()
  return (
    <Room fits={SENTENCES.unreachable} className="banner">
      <div role="status" data-connection={connection}>
        {SENTENCES[connection]}
      </div>
    </Room>
  )
}
