import { useMessages } from '../languages/language-store.ts'
import { Room } from '../layout/room.tsx'
import { useConnection } from './connection.ts'

/**
 * Says at the top of every page that the server cannot be reached.
 *
 * The live region is always in the page: a screen reader reads out what appears in it later.
 */
export function ConnectionBanner() {
  const { t } = useMessages()
  const connection = useConnection()
  const sentences = {
    online: '',
    offline: t('connection.offline'),
    unreachable: t('connection.unreachable'),
  }
  return (
    <Room fits={sentences.unreachable} className="banner">
      <div role="status" data-connection={connection}>
        {sentences[connection]}
      </div>
    </Room>
  )
}
