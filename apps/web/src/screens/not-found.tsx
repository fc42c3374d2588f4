import { useMessages } from '../languages/language-store.ts'
import { Screen } from '../layout/screen.tsx'
import { Link } from '../routing/link.tsx'

/** Shows that the portal has no page at the current address. */
export function NotFoundScreen() {
  const { t } = useMessages()
  return (
    <Screen heading={t('notFound.heading')} icon="warning">
      <p>{t('notFound.text')}</p>
      <p>
        <Link to="/">{t('notFound.link')}</Link>
      </p>
    </Screen>
  )
}
