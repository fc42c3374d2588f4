import { useClient, useUser } from '@latchkey/client/react'
import { useState } from 'react'
import { Field, Form } from '../form'

export function UserPage({ onSignOut }: { onSignOut: () => Promise<void> }) {
  const client = useClient()
  const { user, error, reload, update } = useUser()
  const [notice, setNotice] = useState('')

  if (error) {
    return (
      <main>
        <h1>Your account</h1>
        <p role="alert">{error.message}</p>
        <button type="button" onClick={reload}>
          Try again
        </button>
      </main>
    )
  }
  if (user === null) return <p>One moment…</p>

  async function save({ first_name, last_name }: Record<string, string>) {
    setNotice('')
    await update({ first_name, last_name })
    setNotice('Saved.')
  }

  return (
    <main>
      <h1>Hello {user.first_name}</h1>
      <p>You are signed in as {user.email}.</p>
      <Form button="Save" onSubmit={save}>
        <Field
          label="First name"
          name="first_name"
          autoComplete="given-name"
          defaultValue={user.first_name}
        />
        <Field label="Last name" name="last_name" autoComplete="family-name" defaultValue={user.last_name} />
        <p role="status">{notice}</p>
      </Form>
      <Form button="Sign out" onSubmit={onSignOut} />
      <Form button="Sign out on all devices" onSubmit={() => client.logoutAll()} />
    </main>
  )
}
