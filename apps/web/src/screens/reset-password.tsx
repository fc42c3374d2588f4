import { isLatchkeyError } from '@latchkey/client'
import { useClient } from '@latchkey/client/react'
import { useState } from 'react'
import { Form } from '../forms/form.tsx'
import { NewPasswordFields } from '../forms/new-password-fields.tsx'
import { useForm } from '../forms/use-form.ts'
import { Screen } from '../layout/screen.tsx'
import { Link } from '../routing/link.tsx'
import { navigate } from '../routing/router.ts'
import { readProof } from './read-proof.ts'

const FIELDS = ['new_password1', 'new_password2'] as const
const REQUIRED = { new_password1: 'Choose a password.', new_password2: 'Enter the password again.' }

/**
 * Sets a new password. A mailed reset link leads here with `PASSWORD_RESET_REDIRECT=/account/reset-password`.
 *
 * The server has put the proof into an HttpOnly cookie, so only the server can tell whether the link is valid. A mail
 * template of the operator may pass the token after `#token=` instead. With `#link=` the server says which link the form
 * is for, so that a link that was opened later in another tab is not used here.
 */
export function ResetPasswordScreen() {
  const client = useClient()
  const [proof] = useState(() => readProof(window.location.hash))
  const form = useForm({
    fields: FIELDS,
    required: REQUIRED,
    submit: async (values) => {
      await client.password.setNew({ ...values, ...proof })
      const notice = 'Your new password is set. Every other device has been signed out.'
      navigate('/', { replace: true, notice })
      return undefined
    },
  })
  if (isLatchkeyError(form.failure) && form.failure.status === 401) return <DeadLink />
  return (
    <Screen heading="Choose a new password" icon="key">
      <Form form={form} action="Set new password" actionSending="Setting your password…">
        <NewPasswordFields
          names={['new_password1', 'new_password2']}
          labels={['New password', 'The new password again']}
        />
      </Form>
    </Screen>
  )
}

function DeadLink() {
  return (
    <Screen heading="This link no longer works" icon="warning" takesFocus>
      <p>
        It may have expired, or a password has been set with it or with a newer one already. Your password was
        not changed just now.
      </p>
      <p>
        <Link to="/forgot-password">Ask for another link</Link> and open the mail soon after, in this browser.
      </p>
    </Screen>
  )
}
