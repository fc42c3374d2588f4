import { isLatchkeyError } from '@latchkey/client'
import type { SocialProvider } from '@latchkey/client/social'
import { useEffect, useState } from 'react'
import { social } from '../client'

/** A button for each provider of the server, and the end of what a button began. */
export function Providers() {
  const [providers, setProviders] = useState<SocialProvider[]>([])
  const [notice, setNotice] = useState('')

  useEffect(() => {
    // Without the list people still have the form.
    social.providers().then(setProviders, () => {})
    comeBack().then(setNotice)
  }, [])

  return (
    <>
      {providers.map(({ id, name }) => (
        <p key={id}>
          <button type="button" onClick={() => social.signIn(id, { returnTo: window.location.pathname })}>
            Continue with {name}
          </button>
        </p>
      ))}
      <p role="status">{notice}</p>
    </>
  )
}

/** Ends what a button began, and says what is missing. A session is noticed by the app itself. */
async function comeBack(): Promise<string> {
  try {
    const end = await social.complete()
    if (end === null || end.error === 'access_denied') return ''
    if (end.error) return 'That did not work. Try again, or choose another way.'
    const isDone = end.purpose !== 'sign_in' || end.result.status === 'signed_in'
    return isDone ? '' : 'This account needs a second factor.'
  } catch (error) {
    if (!isLatchkeyError(error)) throw error
    return error.message
  }
}
