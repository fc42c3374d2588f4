import { useClient, useSession } from '@latchkey/client/react'
import { useState } from 'react'
import { describeFailure } from '../forms/describe-failure.ts'
import { LONGEST_FAILURE } from '../layout/messages.tsx'
import { Room } from '../layout/room.tsx'
import { useSettings } from '../session/portal.ts'

const REMINDER = 'Your e-mail address is not confirmed yet: open the link we have mailed you.'
const THANKS = 'Your e-mail address is confirmed now. Thank you.'

/**
 * Reminds the user to confirm the address, where the server mails verification links.
 *
 * The note stays as long as the screen is shown. The place of its button stays after the address is confirmed.
 */
export function UnverifiedNote({ email }: { email: string }) {
  const client = useClient()
  const session = useSession()
  const { emailVerification } = useSettings()
  const [sentence, setSentence] = useState('')
  const isVerified = session.status !== 'signed_in' || session.emailVerified
  const [wasAskedFor] = useState(emailVerification !== 'none' && !isVerified)
  if (!wasAskedFor) return null
  const answer = isVerified ? THANKS : sentence
  const resend = () =>
    client.registration.resend({ email }).then(
      () => setSentence(`A mail to ${email} is on its way.`),
      (error: unknown) => setSentence(describeFailure(error)),
    )
  return (
    <div className="notice">
      <Room fits={LONGEST_FAILURE}>
        <p role="status">{answer}</p>
        {answer === '' && <p>{REMINDER}</p>}
      </Room>
      <button type="button" className={isVerified ? 'quiet away' : 'quiet'} onClick={resend}>
        Send the mail again
      </button>
    </div>
  )
}
