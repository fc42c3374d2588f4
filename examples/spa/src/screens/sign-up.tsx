import { useClient } from '@latchkey/client/react'
import { useState } from 'react'
import { Field, Form } from '../form'

export function SignUp() {
  const client = useClient()
  const [notice, setNotice] = useState('')

  async function signUp({ password1, ...person }: Record<string, string>) {
    const { email, first_name, last_name } = person
    const result = await client.register({ email, first_name, last_name, password1, password2: password1 })
    // With EMAIL_VERIFICATION=mandatory the user follows the mailed link first.
    if (result.status === 'verification_required')
      setNotice(`${result.detail} Follow its link, then sign in.`)
    if (result.status === 'second_factor_setup_required') setNotice('This account needs a second factor.')
  }

  return (
    <main>
      <h1>Create an account</h1>
      {notice ? (
        <p role="status">{notice}</p>
      ) : (
        <Form button="Sign up" onSubmit={signUp}>
          <Field label="First name" name="first_name" autoComplete="given-name" />
          <Field label="Last name" name="last_name" autoComplete="family-name" />
          <Field label="Email" name="email" type="email" autoComplete="username" />
          <Field label="Password" name="password1" type="password" autoComplete="new-password" />
        </Form>
      )}
      <p>
        <a href="#sign-in">I have an account</a>
      </p>
    </main>
  )
}
