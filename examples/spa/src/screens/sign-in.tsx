import { useClient } from '@latchkey/client/react'
import { Field, Form } from '../form'

export function SignIn() {
  const client = useClient()
  return (
    <main>
      <h1>Sign in</h1>
      <Form button="Sign in" onSubmit={({ email, password }) => client.login({ email, password })}>
        <Field label="Email" name="email" type="email" autoComplete="username" />
        <Field label="Password" name="password" type="password" autoComplete="current-password" />
      </Form>
      <p>
        <a href="#forgot-password">Forgot your password?</a> <a href="#sign-up">Create an account</a>
      </p>
    </main>
  )
}
