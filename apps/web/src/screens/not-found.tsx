import { Screen } from '../layout/screen.tsx'
import { Link } from '../routing/link.tsx'

/** For an address the portal does not know. */
export function NotFoundScreen() {
  return (
    <Screen heading="There is no such page" icon="warning">
      <p>
        <Link to="/">Go to your account</Link>
      </p>
    </Screen>
  )
}
