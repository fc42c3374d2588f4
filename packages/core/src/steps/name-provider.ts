import type { Context } from '../context.ts'

/** Names a provider as people know it. One that is not in the settings any more is named by its id. */
export function nameProvider(ctx: Context, provider: string): string {
  return ctx.providers.list().find(({ id }) => id === provider)?.name ?? provider
}
