import { useClient } from '@latchkey/client/react'
import { useState } from 'react'
import { Field, Form } from '../form'

export function ForgotPassword() {
  const client = useClient()
  const [notice, setNotice] = useState('')

  async function ask({ email }: Record<string, string>) {
    // The answer is the same for an unknown address. The mailed link leads to the form of the server.
    const { detail } = await client.password.requestReset({ email })
    setNotice(detail)
  }

  return (
    <main>
      <h1>Forgot your password?</h1>
      {notice ? (
        <p role="status">{notice}</p>
      ) : (
        <Form button="Send a link" onSubmit={ask}>
          <Field label="Email" name="email" type="email" autoComplete="username" />
        </Form>
      )}
      <p>
        <a href="#sign-in">Back to sign-in</a>
      </p>
    </main>
  )
}
