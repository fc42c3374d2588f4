import type { User } from '@latchkey/client'
import { useUser } from '@latchkey/client/react'
import { RecentActivity } from '../activity/recent-activity.tsx'
import { Field } from '../forms/field.tsx'
import { Form } from '../forms/form.tsx'
import { useForm } from '../forms/use-form.ts'
import { Loaded } from '../layout/loaded.tsx'
import { Screen } from '../layout/screen.tsx'
import { Link } from '../routing/link.tsx'
import { useSettings } from '../session/portal.ts'
import { useDetails } from '../session/use-details.ts'
import { UnverifiedNote } from './unverified-note.tsx'

const FIELDS = ['first_name', 'last_name'] as const

/** Shows the details of the signed-in user, on the first page of the portal. The list that grows comes last. */
export function ProfileScreen() {
  return (
    <Screen heading="Profile">
      <Loaded {...useDetails()}>
        {(user) => (
          <>
            <UnverifiedNote email={user.email} />
            <Profile user={user} />
            <h2>Delete your account</h2>
            <p className="muted">
              Removes your account and everything we keep of it. <Link to="/delete">Delete account</Link>
            </p>
            <RecentActivity />
          </>
        )}
      </Loaded>
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
