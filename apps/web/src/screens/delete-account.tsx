import { useClient } from '@latchkey/client/react'
import { Field } from '../forms/field.tsx'
import { WRONG_PASSWORD } from '../forms/field-room.tsx'
import { Form } from '../forms/form.tsx'
import { ShowPasswords } from '../forms/show-passwords.tsx'
import { useForm } from '../forms/use-form.ts'
import { Loaded } from '../layout/loaded.tsx'
import { Screen } from '../layout/screen.tsx'
import { Link } from '../routing/link.tsx'
import { navigate } from '../routing/router.ts'
import { holdGuards } from '../session/hold-guards.ts'
import { useDetails } from '../session/use-details.ts'

const FIELDS = ['password'] as const
const REQUIRED = { password: 'Enter your password.' }

/** Deletes the signed-in user, after a confirmation. */
export function DeleteAccountScreen() {
  const client = useClient()
  const form = useForm({
    fields: FIELDS,
    required: REQUIRED,
    submit: (values) =>
      holdGuards(async () => {
        await client.user.delete(values)
        navigate('/sign-in', { replace: true, notice: 'Your account has been deleted.' })
        return undefined
      }),
  })
  return (
    <Screen heading="Delete your account" icon="warning">
      <Loaded {...useDetails()}>
        {(user) => (
          <>
            <p>
              This deletes the account <bdi>{user.email}</bdi> with everything we keep of it, and signs you
              out everywhere. <strong>It cannot be undone.</strong>
            </p>
            <Form form={form} action="Delete my account" actionSending="Deleting…" isDangerous>
              <Field
                name="password"
                label="Your password"
                type="password"
                autoComplete="current-password"
                longestError={WRONG_PASSWORD}
              />
              <ShowPasswords />
            </Form>
            <ul className="ways">
              <li>
                <Link to="/">Keep my account</Link>
              </li>
            </ul>
          </>
        )}
      </Loaded>
    </Screen>
  )
}
