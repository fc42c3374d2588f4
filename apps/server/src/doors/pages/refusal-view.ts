import type { RefusalCode } from '@latchkey/core'
import type { Messages } from '../../languages/generated/messages.ts'
import { refusalHeaders } from '../http/answers.ts'
import { prefersPage } from '../http/prefers-page.ts'
import type { Refusal } from '../refusals.ts'
import { describeToPerson, errorPage, notFoundPage, type Site } from './html/index.ts'
import { answerPage, isFormPost } from './view.ts'

type Key = Exclude<Extract<keyof Messages, `refused.${string}`>, 'refused.askingForHelp'>

/** The words of a page, where those of the client for an app do not fit. */
const WORDS: Partial<Record<RefusalCode, { heading: Key; sentence?: Key }>> = {
  csrf_failed: { heading: 'refused.elsewhere', sentence: 'refused.elsewhereExplanation' },
  method_not_allowed: { heading: 'refused.method', sentence: 'refused.methodExplanation' },
  request_too_large: { heading: 'refused.tooLarge', sentence: 'refused.tooLargeExplanation' },
  throttled: { heading: 'refused.throttled' },
  unavailable: { heading: 'refused.busy' },
  error: { heading: 'refused.fault' },
}

/** Returns whether a person looks at the answer: a browser opened a page, or posted a form. */
export function isForPerson(request: Request): boolean {
  if (request.method !== 'GET' && request.method !== 'HEAD') return isFormPost(request)
  return prefersPage(request.headers)
}

/** Answers a refusal with a page for a person. A program gets JSON with the same status and headers. */
export function answerRefusalPage(site: Site, refusal: Refusal, requestId: string): Promise<Response> {
  const { status, code } = refusal
  const headers = refusalHeaders(refusal)
  if (code === 'not_found') return answerPage(site, notFoundPage(site), { status, headers })
  const { heading = 'refused.heading', sentence } = WORDS[code] ?? {}
  const page = errorPage(site, {
    title: site.t(heading),
    sentence: sentence ? site.t(sentence) : describe(site, refusal),
    ...(status >= 500 && { requestId }),
  })
  return answerPage(site, page, { status, headers })
}

/** Of the pages the mailbox alone denies anything, and tells the developer where it is shown. */
function describe(site: Site, refusal: Refusal): string {
  return refusal.code === 'permission_denied' ? refusal.detail : describeToPerson(site, refusal).message
}
