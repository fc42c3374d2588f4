import { useState } from 'react'
import { useMessages } from '../languages/language-store.ts'
import { Label } from '../layout/room.tsx'

/** Shows a button that copies a text, and says whether that worked. */
export function CopyButton({ text, action }: { text: string; action: string }) {
  const { t } = useMessages()
  const [outcome, setOutcome] = useState<'copied' | 'failed' | null>(null)
  const copy = async () => {
    try {
      // A page without https has no clipboard.
      await navigator.clipboard.writeText(text)
      setOutcome('copied')
    } catch {
      setOutcome('failed')
    }
  }
  const done = t('copy.done')
  return (
    <>
      <button type="button" className="quiet" onClick={copy}>
        <Label {...(outcome === 'copied' ? { says: done, or: action } : { says: action, or: done })} />
      </button>
      <span className={outcome === 'failed' ? 'not-copied' : 'unseen'} role="status">
        {outcome !== null && t(outcome === 'copied' ? 'copy.done' : 'copy.failed')}
      </span>
    </>
  )
}
