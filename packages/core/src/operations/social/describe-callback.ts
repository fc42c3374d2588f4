import type { Context } from '../../context.ts'

/** The address that the operator names at the provider as the one to come back to (`redirect_uri`). */
export function describeCallback(ctx: Context, provider: string): string {
  return `${ctx.config.linkBaseUrl}/social/${encodeURIComponent(provider)}/callback/`
}
