import { listSecretUses } from '@latchkey/core/operations/keys/list-secret-uses'
import { describeUse } from '../describe-secret-use.ts'
import { type Check, good, look } from './check.ts'

/** Tells what still needs a secret of `SECRET_KEY_FALLBACKS`, and when it may be dropped. */
export const FORMER_SECRETS: Check = {
  name: 'former secrets',
  examine: async ({ domain }) => {
    const ctx = await domain()
    const former = ctx.secrets['refresh-token'].accepted.size - 1
    if (former === 0) return [good('none is accepted: SECRET_KEY alone opens everything')]
    const uses = await listSecretUses(ctx)
    if (uses.length === 0) {
      return [look('SECRET_KEY_FALLBACKS is needed by nothing any more; drop it: latchkey secret retire')]
    }
    return uses.map((use) => {
      const told = `SECRET_KEY_FALLBACKS is needed by ${describeUse(use)}`
      return use.until ? good(told) : look(told)
    })
  },
}
