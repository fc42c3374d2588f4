import type { Context } from '../../context.ts'
import type { ListedProvider } from '../../services/providers/providers.ts'

/** Lists the providers that people may sign in with, in the order of the settings. */
export async function listProviders(ctx: Context): Promise<ListedProvider[]> {
  return ctx.providers.list()
}
