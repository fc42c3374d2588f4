import { MAILBOX_PATH } from '@latchkey/contract'
import { type DevMail, DomainError, findDevMail, listDevMails } from '@latchkey/core'
import type { Hono } from 'hono'
import type { AppContext, AppEnv } from '../http/app-env.ts'
import { addRoute } from '../http/routes.ts'
import { isFromThisMachine } from '../http/this-machine.ts'
import {
  type MailboxMail,
  mailboxListPage,
  mailboxMailPage,
  mailFrameDocument,
  mailFrameHeaders,
  pageHeaders,
} from './html/index.ts'
import type { Places } from './places.ts'

/**
 * Serves the developers' mailbox. It shows every link to every visitor, so it is never mounted in production, and it
 * answers visitors on this machine alone.
 */
export function mountMailbox(app: Hono<AppEnv>, options: { mailboxDir: string; places: Places }): void {
  const { mailboxDir, places } = options
  const place = places.at('')
  const site = places.inEnglish(place)
  const find = async (c: AppContext) => {
    const mail = await findDevMail(mailboxDir, c.req.param('id') ?? '')
    if (!mail) throw new DomainError('not_found')
    return present(mail)
  }
  const list = async () => {
    const mails = await listDevMails(mailboxDir)
    return answer(await mailboxListPage(site, mails.map(present)), pageHeaders())
  }
  const show = async (c: AppContext) =>
    answer(await mailboxMailPage(site, await find(c)), pageHeaders({ frames: true }))
  const frame = async (c: AppContext) => answer(mailFrameDocument(await find(c)), mailFrameHeaders())
  const views = { [MAILBOX_PATH]: list, [`${MAILBOX_PATH}/:id`]: show, [`${MAILBOX_PATH}/:id/html`]: frame }
  for (const [path, view] of Object.entries(views)) {
    addRoute(app, { path, methods: { GET: (c) => requireThisMachine(c, view) }, place })
  }
}

function requireThisMachine(c: AppContext, view: (c: AppContext) => Promise<Response>): Promise<Response> {
  if (isFromThisMachine(c.env.incoming, c.req.raw.url)) return view(c)
  throw new DomainError('permission_denied', {
    detail: 'The mailbox is shown on the machine of the server alone, at its address of localhost.',
  })
}

function present(mail: DevMail): MailboxMail {
  return { ...mail, date: new Date(mail.date) }
}

function answer(page: unknown, headers: Record<string, string>): Response {
  return new Response(String(page), { headers: { 'Content-Type': 'text/html; charset=utf-8', ...headers } })
}
