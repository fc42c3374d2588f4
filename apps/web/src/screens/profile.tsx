import type { User } from '@latchkey/client'
import { useUser } from '@latchkey/client/react'
import { isLanguageTag } from '@latchkey/languages'
import { RecentActivity } from '../activity/recent-activity.tsx'
import { Form } from '../forms/form.tsx'
import { LanguageField } from '../forms/language-field.tsx'
import { NameFields, useRequiredNames } from '../forms/name-fields.tsx'
import { useForm } from '../forms/use-form.ts'
import { chooseLanguage, useMessages } from '../languages/language-store.ts'
import { Loaded } from '../layout/loaded.tsx'
import { Screen } from '../layout/screen.tsx'
import { CONNECTIONS_PATH } from '../providers/return-address.ts'
import { Link } from '../routing/link.tsx'
import { useSettings } from '../session/portal.ts'
import { useDetails } from '../session/use-details.ts'
import { UnverifiedNote } from './unverified-note.tsx'

const FIELDS = ['first_name', 'last_name', 'language'] as const

/** Shows the details of the signed-in user, on the first page of the portal. The list that grows comes last. */
export function ProfileScreen() {
  const { t } = useMessages()
  const { providers } = useSettings()
  return (
    <Screen heading={t('profile.heading')}>
      <Loaded {...useDetails()}>
        {(user) => (
          <>
            <UnverifiedNote email={user.email} />
            <Profile user={user} />
            {providers.length > 0 && (
              <>
                <h2>{t('connections.heading')}</h2>
                <p className="muted">
                  {t.rich('connections.profile', {
                    link: (words) => <Link to={CONNECTIONS_PATH}>{words}</Link>,
                  })}
                </p>
              </>
            )}
            <h2>{t('profile.delete.heading')}</h2>
            <p className="muted">
              {t.rich('profile.delete.text', { link: (words) => <Link to="/delete">{words}</Link> })}
            </p>
            <RecentActivity />
          </>
        )}
      </Loaded>
    </Screen>
  )
}

function Profile({ user }: { user: User }) {
  const { t } = useMessages()
  const { update } = useUser()
  const { sendsMail } = useSettings()
  const form = useForm({
    fields: FIELDS,
    required: useRequiredNames(),
    submit: async ({ language, ...names }) => {
      await update({ ...names, language: language || null })
      if (isLanguageTag(language)) await chooseLanguage(language)
      return (messages) => messages.t('profile.saved')
    },
  })
  return (
    <>
      <dl>
        <dt>{t('field.email')}</dt>
        <dd>
          <bdi>{user.email}</bdi> {sendsMail && <Link to="/email">{t('profile.change')}</Link>}
        </dd>
      </dl>
      <Form form={form} action={t('profile.save')} actionSending={t('profile.saving')}>
        <NameFields firstName={user.first_name} lastName={user.last_name} />
        <LanguageField current={user.language} key={user.language} />
      </Form>
    </>
  )
}
