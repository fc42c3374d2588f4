import type { RefusalCode } from '@latchkey/core'
import { refusalHeaders } from '../http/answers.ts'
import { prefersPage } from '../http/prefers-page.ts'
import type { Refusal } from '../refusals.ts'
import { errorPage, type Site } from './html/index.ts'
import { answerPage, isFormPost } from './view.ts'

const WORDS: Partial<Record<RefusalCode, { title: string; sentence: string }>> = {
  csrf_failed: {
    title: 'This form came from another site',
    sentence:
      'For your safety nothing was changed. Open the link in your mail again, and send the form it leads to.',
  },
  method_not_allowed: {
    title: 'There is nothing to see here',
    sentence: 'This address cannot be opened in this way. Open the link in your mail again.',
  },
  request_too_large: {
    title: 'That was too much',
    sentence:
      'What was sent is larger than this server reads, and nothing was changed. Go back and try again.',
  },
  unavailable: { title: 'The server is busy', sentence: 'Please try again in a moment.' },
  error: {
    title: 'Something went wrong on our side',
    sentence: 'Please try again later.',
  },
}

/** Returns whether a person looks at the answer: a browser opened a page, or posted a form. */
export function isForPerson(request: Request): boolean {
  if (request.method !== 'GET' && request.method !== 'HEAD') return isFormPost(request)
  return prefersPage(request.headers)
}

/** Answers a refusal with a page for a person. A program gets JSON with the same status and headers. */
export function answerRefusalPage(site: Site, refusal: Refusal, requestId: string): Promise<Response> {
  const { status } = refusal
  const page = errorPage(site, {
    ...describeRefusal(refusal),
    ...(status >= 500 && { requestId }),
  })
  return answerPage(page, { status, headers: refusalHeaders(refusal) })
}

function describeRefusal({ code, detail, retryAfterSeconds: seconds = 1 }: Refusal) {
  if (code !== 'throttled') return WORDS[code] ?? { title: 'This did not work', sentence: detail }
  return { title: 'Too many tries', sentence: `Please wait ${describeWait(seconds)}, then try again.` }
}

/** The time is rounded up, so that the next try is not too early. */
function describeWait(seconds: number): string {
  const [count, unit] = seconds < 120 ? [seconds, 'second'] : [Math.ceil(seconds / 60), 'minute']
  return `${count} ${unit}${count === 1 ? '' : 's'}`
}
