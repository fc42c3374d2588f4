import { MAILBOX_PATH, PORTAL_PATH } from '@latchkey/contract'
import { homePage, linkToPortal } from './html/index.ts'
import type { Places } from './places.ts'
import { answerPage, answerRedirect } from './view.ts'

interface HomeOptions {
  places: Places
  /** Whether there is a developers' mailbox. */
  hasMailbox: boolean
  production: boolean
}

/** Makes the function that answers a person at the root: with the portal, or with a page when there is none. */
export function createHomeView({ places, hasMailbox, production }: HomeOptions) {
  const place = places.at('')
  const mailbox = hasMailbox ? `${MAILBOX_PATH}/` : null
  const forDevelopers = production ? null : { docs: '/docs', portal: `${PORTAL_PATH}/`, mailbox }
  return async (request: Request): Promise<Response> => {
    const site = places.localize(place, request)
    const portal = linkToPortal(site, '/')
    if (portal === null) return answerPage(site, homePage(site, { forDevelopers }))
    const answer = answerRedirect(portal, 302)
    answer.headers.set('Vary', 'Accept')
    return answer
  }
}
