import { createClient, type LatchkeyClient } from '../../src/index.ts'

/** What a tab of the tests has in its `window`. */
export interface Tab {
  client: LatchkeyClient
  /** The status of every change the tab was told of. */
  told: string[]
  /** Codes of failed calls, `ok` for the others. */
  results: Record<string, number>
  /** The longest time in which the tab did nothing: it was frozen then. */
  longestSilenceMilliseconds: number
  /** Asks who is signed in, again and again. */
  browse(pauseMilliseconds: number): void
}

declare global {
  var tab: Tab
}

const settings = new URLSearchParams(location.search)
const client = createClient({
  baseUrl: location.origin,
  mode: settings.get('mode') === 'cookie' ? 'cookie' : 'token',
  refreshGraceSeconds: Number(settings.get('grace')),
})

globalThis.tab = {
  client,
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
