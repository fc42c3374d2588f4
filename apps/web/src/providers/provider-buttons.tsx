import type { ReactNode } from 'react'
import { isolate } from '../languages/isolate.tsx'
import { useMessages } from '../languages/language-store.ts'
import { ProviderMark } from './marks.tsx'

/** A provider as the settings have it. */
interface Provider {
  id: string
  name: string
}

interface ProviderButtonsProps {
  providers: readonly Provider[]
  isWaiting: boolean
  onPress: (id: string) => void
}

/** Shows a button for each provider, with its mark by the rules of its owner. */
export function ProviderButtons({ providers, isWaiting, onPress }: ProviderButtonsProps): ReactNode {
  const { t } = useMessages()
  return (
    <ul className="providers">
      {providers.map(({ id, name }) => (
        <li key={id}>
          <button
            type="button"
            className={`provider provider-${id}`}
            aria-disabled={isWaiting}
            onClick={() => onPress(id)}
          >
            <ProviderMark id={id} />
            <span>{t.rich('providers.continue', { provider: name, name: isolate })}</span>
          </button>
        </li>
      ))}
    </ul>
  )
}
