import { Room } from '../layout/room.tsx'
import { useConnection } from './connection.ts'

const SENTENCES = {
  online: '',
  offline: 'You are offline. What you typed stays here; go on when you are back.',
  unreachable: 'The server cannot be reached just now. What you typed stays here; we keep trying.',
}

/** Says on top of every page that the server is out of reach; the region is always there, so that it is read out. */
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
