import type { BrowserContext, Page } from 'playwright-core'

/** How many of the last requests of a page are told. */
const MAX_REQUESTS = 12
/** How much of the text of a page is told, in code units. */
const MAX_TEXT = 2000
/** A page that hangs is told of without its text. */
const PATIENCE_MILLISECONDS = 2000

/** The last requests of every open page of the browsers that tests started, with their outcomes. */
const requestsOf = new Map<Page, string[]>()

/** Follows the pages of a context until they close, so that {@link describeOpenPages} can tell of them. */
export function followPages(context: BrowserContext): void {
  context.on('page', (page) => {
    const requests: string[] = []
    const note = (line: string) => {
      requests.push(line)
      if (requests.length > MAX_REQUESTS) requests.shift()
    }
    requestsOf.set(page, requests)
    page.on('response', (answer) => note(`${answer.status()} ${answer.request().method()} ${answer.url()}`))
    page.on('requestfailed', (request) =>
      note(`${request.failure()?.errorText} ${request.method()} ${request.url()}`),
    )
    page.on('close', () => requestsOf.delete(page))
  })
}

/** Describes what the open pages show and what they asked for last: for the message of a failed test. */
export async function describeOpenPages(): Promise<string[]> {
  return Promise.all([...requestsOf].map(([page, requests]) => describe(page, requests)))
}

async function describe(page: Page, requests: readonly string[]): Promise<string> {
  const body = page.locator('body')
  const text = await body.ariaSnapshot({ timeout: PATIENCE_MILLISECONDS }).catch(String)
  const shown = text.slice(0, MAX_TEXT)
  return [`A page was at ${page.url()} and showed:`, shown, 'Its last requests:', ...requests].join('\n')
}
