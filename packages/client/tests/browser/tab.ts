import { cookieMode } from '../../src/cookie/index.ts'
import { createClient, type LatchkeyClient } from '../../src/index.ts'
import { createMfaOperations } from '../../src/mfa/index.ts'
import { createSocialOperations, type SocialOperations } from '../../src/social/index.ts'

/** The global `tab` of a page of the tests. */
export interface Tab {
  client: LatchkeyClient
  mfa: ReturnType<typeof createMfaOperations>['mfa']
  social: SocialOperations
  /** The status of every change that `onChange` reported. */
  told: string[]
  /** The number of calls by error code; successful calls count under `ok`. */
  results: Record<string, number>
  /** The longest pause of the tab, which shows that it was frozen. */
  longestSilenceMilliseconds: number
  /** Gets the own user again and again. */
  browse(pauseMilliseconds: number): void
}

declare global {
  var tab: Tab
}

const settings = new URLSearchParams(location.search)
const bound = settings.get('bound')
const timeout = settings.get('timeout')
const client = createClient({
  baseUrl: settings.get('base') ?? location.origin,
  mode: settings.get('mode') === 'cookie' ? cookieMode : undefined,
  refreshGraceSeconds: Number(settings.get('grace')),
  ...(bound !== null && { bound: bound === 'true' }),
  ...(timeout !== null && { timeoutSeconds: Number(timeout) }),
})

globalThis.tab = {
  client,
  mfa: createMfaOperations(client).mfa,
  social: createSocialOperations(client),
  told: [],
  results: {},
  longestSilenceMilliseconds: 0,
  browse(pauseMilliseconds) {
    const startedAt = Date.now()
    setTimeout(async () => {
      this.longestSilenceMilliseconds = Math.max(this.longestSilenceMilliseconds, Date.now() - startedAt)
      const result = await client.user.get().then(
        () => 'ok',
        (error) => error.code,
      )
      this.results[result] = (this.results[result] ?? 0) + 1
      this.browse(pauseMilliseconds)
    }, pauseMilliseconds)
  },
}
client.onChange(({ status }) => globalThis.tab.told.push(status))
