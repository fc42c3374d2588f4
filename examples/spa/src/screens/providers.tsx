import { describeError } from '@latchkey/client/messages'
import type { SocialProvider } from '@latchkey/client/social'
import { useEffect, useState } from 'react'
import { social } from '../client'

/** A button for each provider of the server. The app itself ends what a button began. */
export function Providers() {
  const [providers, setProviders] = useState<SocialProvider[]>([])
  const [problem, setProblem] = useState('')

  useEffect(() => {
    // Without the list people still have the form.
    social.providers().then(setProviders, () => {})
  }, [])

  async function leave(id: string) {
    setProblem('')
    try {
      await social.signIn(id, { returnTo: window.location.pathname })
    } catch (error) {
      // The browser keeps nothing for this page, for example.
      setProblem(describeError(error).message)
    }
  }

  return (
    <>
      {providers.map(({ id, name }) => (
        <p key={id}>
          <button type="button" onClick={() => leave(id)}>
            Continue with {name}
          </button>
        </p>
      ))}
      <p role="status">{problem}</p>
    </>
  )
}
