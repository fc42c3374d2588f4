import { readOldTokens } from '@latchkey/core/imports/read-old-tokens'
import { type Check, good, look } from './check.ts'

/** Tells whether the tokens of a former deployment count, and whether its secret is still needed. */
export const OLD_TOKENS: Check = {
  name: 'old tokens',
  examine: async ({ domain }) => {
    const { open, hasMovedIn, mayLive, isAccepted } = await readOldTokens(await domain())
    if (open.length > 0) {
      return open.map((source) =>
        look(
          `the import of ${source} is open, so its old tokens are refused; finish it: latchkey import django --final`,
        ),
      )
    }
    if (isAccepted && !hasMovedIn) {
      return [
        look(
          'the key of a former deployment is set, and no import has finished; import first, or remove DJANGO_SECRET_KEY and DJANGO_JWT_PUBLIC_KEY',
        ),
      ]
    }
    if (isAccepted && !mayLive) {
      return [look('no old token can be good any more; remove DJANGO_SECRET_KEY and DJANGO_JWT_PUBLIC_KEY')]
    }
    if (mayLive && !isAccepted) {
      return [
        look(
          'sessions were moved in, and their old tokens are refused; set DJANGO_SECRET_KEY, unless you removed it on purpose',
        ),
      ]
    }
    return [good(isAccepted ? 'they are accepted once each, until they expire' : 'none is expected')]
  },
}
