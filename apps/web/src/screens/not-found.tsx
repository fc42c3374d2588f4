import { Screen } from '../layout/screen.tsx'
import { Link } from '../routing/link.tsx'

/** Shows that the portal has no page at the current address. */
export function NotFoundScreen() {
  return (
    <Screen heading="There is no such page" icon="warning">
      <p>
        <Link to="/">Go to your account</Link>
      </p>
    </Screen>
  )
}
