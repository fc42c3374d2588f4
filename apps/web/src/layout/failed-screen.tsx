import type { ReactNode } from 'react'
import { useMessages } from '../languages/language-store.ts'
import { FailedPart } from './messages.tsx'
import { Screen } from './screen.tsx'

interface FailedScreenProps {
  /** The sentence of the failure. */
  failure: ReactNode
  onRetry: () => void
}

/** Shows that it could not be found out which screen is shown. */
export function FailedScreen({ failure, onRetry }: FailedScreenProps) {
  const { t } = useMessages()
  return (
    <Screen heading={t('failed.heading')} icon="warning">
      <FailedPart failure={failure} onRetry={onRetry} />
    </Screen>
  )
}
