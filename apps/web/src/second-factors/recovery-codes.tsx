import { type FormEvent, useState } from 'react'
import { useMessages } from '../languages/language-store.ts'
import { Messages } from '../layout/messages.tsx'
import { Screen } from '../layout/screen.tsx'
import { useBrandName } from '../session/portal.ts'
import { CopyButton } from './copy-button.tsx'
import { downloadText } from './download-text.ts'

interface RecoveryCodesProps {
  codes: readonly string[]
  /** Is called after the person has said that the codes are saved. */
  onSaved: () => void
}

/** Shows new recovery codes once, and asks to save them. */
export function RecoveryCodes({ codes, onSaved }: RecoveryCodesProps) {
  const { t } = useMessages()
  const name = useBrandName()
  const text = [t('codes.fileHeading', { name }), '', ...codes, ''].join('\n')
  return (
    <Screen heading={t('codes.heading')} icon="key" takesFocus>
      <p>{t('codes.text')}</p>
      <ul className="codes" aria-label={t('codes.list')} dir="ltr">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <div className="actions">
        <CopyButton text={codes.join('\n')} action={t('codes.copy')} />
        <button type="button" className="quiet" onClick={() => downloadText(text, 'recovery-codes.txt')}>
          {t('codes.download')}
        </button>
        <button type="button" className="quiet" onClick={() => window.print()}>
          {t('codes.print')}
        </button>
      </div>
      <Saved onSaved={onSaved} />
    </Screen>
  )
}

function Saved({ onSaved }: { onSaved: () => void }) {
  const { t } = useMessages()
  const [isSaved, setSaved] = useState(false)
  const [isReminded, setReminded] = useState(false)
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (isSaved) return onSaved()
    setReminded(true)
    document.getElementById('codes-saved')?.focus()
  }
  const problem = isReminded && !isSaved
  return (
    <form onSubmit={send} noValidate>
      <div className="check">
        <input
          type="checkbox"
          id="codes-saved"
          checked={isSaved}
          aria-invalid={problem || undefined}
          aria-describedby={problem ? 'codes-saved-error' : undefined}
          onChange={(event) => setSaved(event.target.checked)}
        />
        <label htmlFor="codes-saved">{t('codes.saved')}</label>
      </div>
      <button type="submit">{t('codes.continue')}</button>
      <Messages fits={t('codes.saved.required')}>
        {problem && (
          <div className="errors" role="alert" id="codes-saved-error">
            {t('codes.saved.required')}
          </div>
        )}
      </Messages>
    </form>
  )
}
