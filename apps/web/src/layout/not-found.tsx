import { useMessages } from '../languages/language-store.ts'
import { Link } from '../routing/link.tsx'
import { Screen } from './screen.tsx'

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
