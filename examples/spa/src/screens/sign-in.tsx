import { useClient } from '@latchkey/client/react'
import { useState } from 'react'
import { Field, Form } from '../form'
import { Providers } from './providers'

export function SignIn() {
  const client = useClient()
  const [notice, setNotice] = useState('')

  async function signIn({ email, password }: Record<string, string>) {
    const { status } = await client.login({ email, password })
    // A right password of an account with a second factor is no session yet.
    if (status !== 'signed_in') setNotice('This account needs a second factor.')
  }

  return (
    <main>
      <h1>Sign in</h1>
      <Form button="Sign in" onSubmit={signIn}>
        <Field label="Email" name="email" type="email" autoComplete="username" />
        <Field label="Password" name="password" type="password" autoComplete="current-password" />
      </Form>
      <p role="status">{notice}</p>
      <Providers />
      <p>
        <a href="#forgot-password">Forgot your password?</a> <a href="#sign-up">Create an account</a>
      </p>
    </main>
  )
}
