import { html } from 'hono/html'
import { layout } from '../layout.ts'
import type { Html, Site } from '../site.ts'
import type { MailboxMail } from './mail.ts'
import { mailboxNotice, timestamp } from './notice.ts'

/** The list of the development mailbox, in the given order. Callers give the newest mail first. */
export function mailboxListPage(site: Site, mails: readonly MailboxMail[]): Html {
  return layout(site, {
    heading: 'Mailbox',
    wide: true,
    notice: mailboxNotice(),
    content: html`<p><a href="${site.basePath}/dev/mailbox/">Look for new mail</a></p>
${
  mails.length === 0
    ? html`<p class="muted">No mail yet. Sign up, or ask for a password reset, and look again.</p>`
    : html`<ul class="mails">${mails.map((mail) => listItem(site, mail))}</ul>`
}`,
  })
}

function listItem(site: Site, mail: MailboxMail): Html {
  return html`<li>
<a href="${site.basePath}/dev/mailbox/${encodeURIComponent(mail.id)}/">${mail.subject}</a> <span class="kind">${mail.kind}</span>
<p class="muted">to <bdi>${mail.to}</bdi> · ${timestamp(mail.date)}</p>
</li>`
}
