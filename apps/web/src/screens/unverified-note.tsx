import { useClient, useSession } from '@latchkey/client/react'
import { useState } from 'react'
import { describeFailure } from '../forms/describe-failure.ts'
import { useSettings } from '../session/portal.ts'

/** Reminds a person to confirm their address, where the server asks for it without insisting. */
export function UnverifiedNote({ email }: { email: string | undefined }) {
  const client = useClient()
  const session = useSession()
  const { emailVerification } = useSettings()
  const [sentence, setSentence] = useState('')
  const isVerified = session.status !== 'signed_in' || session.emailVerified
  if (emailVerification === 'none' || isVerified || email === undefined) return null
  const resend = () =>
    client.registration.resend({ email }).then(
      () => setSentence(`A mail to ${email} is on its way.`),
      (error: unknown) => setSentence(describeFailure(error)),
    )
  return (
    <div className="notice">
      <p>Your e-mail address is not confirmed yet: open the link we have mailed you.</p>
      <button type="button" className="quiet" onClick={resend}>
        Send the mail again
      </button>
      <p role="status">{sentence}</p>
    </div>
  )
}
