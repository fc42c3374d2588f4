import type { User } from '@latchkey/client'
import { useUser } from '@latchkey/client/react'
import { useEffect } from 'react'
import { RecentActivity } from '../activity/recent-activity.tsx'
import { useConnection } from '../connection/connection.ts'
import { describeFailure } from '../forms/describe-failure.ts'
import { Field } from '../forms/field.tsx'
import { Form } from '../forms/form.tsx'
import { useForm } from '../forms/use-form.ts'
import { Alert, Loading } from '../layout/messages.tsx'
import { Screen } from '../layout/screen.tsx'
import { Link } from '../routing/link.tsx'
import { useSettings } from '../session/portal.ts'
import { UnverifiedNote } from './unverified-note.tsx'

const FIELDS = ['first_name', 'last_name'] as const

/** Who one is, the first page of the portal. */
export function ProfileScreen() {
  const { user, error, reload } = useUser()
  const connection = useConnection()
  useEffect(() => {
    if (connection === 'online' && error !== null) void reload()
  }, [connection, error, reload])
  return (
    <Screen heading="Profile">
      <UnverifiedNote email={user?.email} />
      {user && <Profile user={user} />}
      {!user && (error && connection === 'online' ? <Alert>{describeFailure(error)}</Alert> : <Loading />)}
      <RecentActivity />
      <h2>Delete your account</h2>
      <p className="muted">
        Removes your account and everything we keep of it. <Link to="/delete">Delete account</Link>
      </p>
    </Screen>
  )
}

function Profile({ user }: { user: User }) {
  const { update } = useUser()
  const { sendsMail } = useSettings()
  const form = useForm({
    fields: FIELDS,
    submit: async (values) => {
      await update(values)
      return 'Your profile is saved.'
    },
  })
  return (
    <>
      <dl>
        <dt>E-mail address</dt>
        <dd>
          <bdi>{user.email}</bdi> {sendsMail && <Link to="/email">Change</Link>}
        </dd>
      </dl>
      <Form form={form} action="Save" actionSending="Saving…">
        <div className="pair">
          <Field
            name="first_name"
            label="First name"
            autoComplete="given-name"
            defaultValue={user.first_name}
            isOptional
          />
          <Field
            name="last_name"
            label="Last name"
            autoComplete="family-name"
            defaultValue={user.last_name}
            isOptional
          />
        </div>
      </Form>
    </>
  )
}
