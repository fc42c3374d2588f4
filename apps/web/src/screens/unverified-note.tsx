import { useClient, useSession } from '@latchkey/client/react'
import { useState } from 'react'
import { showFailure } from '../forms/failure-text.tsx'
import { useLongest } from '../forms/longest.ts'
import { type Sentence, say } from '../languages/create-messages.ts'
import { isolate } from '../languages/isolate.tsx'
import { useMessages } from '../languages/language-store.ts'
import { Room } from '../layout/room.tsx'
import { useSettings } from '../session/portal.ts'

/**
 * Reminds the user to confirm the address, where the server mails verification links.
 *
 * The note stays as long as the screen is shown. The place of its button stays after the address is confirmed.
 */
export function UnverifiedNote({ email }: { email: string }) {
  const client = useClient()
  const session = useSession()
  const messages = useMessages()
  const longest = useLongest()
  const { t } = messages
  const { emailVerification } = useSettings()
  const [outcome, setOutcome] = useState<{ sentence: Sentence } | null>(null)
  const isVerified = session.status !== 'signed_in' || session.emailVerified
  const [wasAskedFor] = useState(emailVerification !== 'none' && !isVerified)
  if (!wasAskedFor) return null
  const answer = isVerified ? t('unverified.confirmed') : outcome && say(outcome.sentence, messages)
  const sent: Sentence = (now) => now.t.rich('unverified.sent', { email, name: isolate })
  const resend = () =>
    client.registration.resend({ email }).then(
      () => setOutcome({ sentence: sent }),
      (error: unknown) => setOutcome({ sentence: showFailure(error) }),
    )
  return (
    <div className="notice">
      <Room fits={longest.failure}>
        <p role="status">{answer}</p>
        {answer === null && <p>{t('unverified.reminder')}</p>}
      </Room>
      <button type="button" className={isVerified ? 'quiet away' : 'quiet'} onClick={resend}>
        {t('unverified.send')}
      </button>
    </div>
  )
}
