import { waitForFrames } from '@latchkey/testkit/browser'
import type { Page, Request, Route } from 'playwright-core'

/** The orders in which the answers of the server arrive. */
export const ORDERS = ['first asked first', 'last asked first'] as const

/**
 * Opens a page that gets the answers of the server one by one. Each answer is drawn before the next one arrives.
 *
 * The page and its files are not delayed.
 *
 * @param visit - is called in each state: before the first answer, and after each one
 */
export async function openSlowly(
  page: Page,
  url: string,
  order: (typeof ORDERS)[number],
  visit: () => Promise<void> = async () => {},
): Promise<void> {
  const held: Route[] = []
  const open = new Set<Request>()
  const isCall = (request: Request) => request.resourceType() === 'fetch'
  const onRequest = (request: Request) => void (isCall(request) && open.add(request))
  const onEnd = (request: Request) => void open.delete(request)
  const hold = (route: Route) => (isCall(route.request()) ? void held.push(route) : route.continue())
  page.on('request', onRequest).on('requestfinished', onEnd).on('requestfailed', onEnd)
  await page.route('**', hold)
  await page.goto(url)
  await waitForFrames(page)
  await visit()
  // The page may send more requests after an answer.
  while (open.size > 0) {
    const route = order === 'first asked first' ? held.shift() : held.pop()
    await route?.continue()
    while (route && open.has(route.request())) await waitForFrames(page)
    await waitForFrames(page)
    if (route) await visit()
  }
  await page.unroute('**', hold)
  page.off('request', onRequest).off('requestfinished', onEnd).off('requestfailed', onEnd)
}
