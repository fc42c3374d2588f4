import type { ReactNode } from 'react'
import { useMessages } from '../languages/language-store.ts'
import { Label } from '../layout/room.tsx'

interface PasskeyButtonProps {
  /** The text of the button. */
  action: string
  isWaiting: boolean
  isQuiet?: boolean
  onPress: () => void
}

/** Shows a button that asks the browser for a passkey. It stays enabled while the browser asks, to keep the focus. */
export function PasskeyButton({ action, isWaiting, isQuiet, onPress }: PasskeyButtonProps): ReactNode {
  const { t } = useMessages()
  const waiting = t('passkey.waiting')
  const labels = isWaiting ? { says: waiting, or: action } : { says: action, or: waiting }
  return (
    <button
      type="button"
      className={isQuiet ? 'quiet passkey' : 'passkey'}
      aria-disabled={isWaiting}
      onClick={onPress}
    >
      <Label {...labels} />
    </button>
  )
}
