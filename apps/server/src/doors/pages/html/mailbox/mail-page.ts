import { html } from 'hono/html'
import { layout } from '../layout.ts'
import { MAIL_SANDBOX } from '../page-headers.ts'
import type { Html, Site } from '../site.ts'
import { linkify } from './linkify.ts'
import type { MailboxMail } from './mail.ts'
import { mailboxNotice, timestamp } from './notice.ts'

/**
 * One mail of the development mailbox, with both parts. It needs {@link pageHeaders} with `frames`.
 *
 * The HTML part has its own path. With `srcdoc` it would inherit the policy of this page and lose its inline styles.
 */
export function mailboxMailPage(site: Site, mail: MailboxMail): Html {
  const path = `${site.basePath}/dev/mailbox/${encodeURIComponent(mail.id)}/`
  return layout(site, {
    heading: mail.subject,
    wide: true,
    notice: mailboxNotice(),
    content: html`<dl>
<dt>To</dt><dd><bdi>${mail.to}</bdi></dd>
<dt>Date</dt><dd>${timestamp(mail.date)}</dd>
<dt>Kind</dt><dd><span class="kind">${mail.kind}</span></dd>
</dl>
<p><a href="${site.basePath}/dev/mailbox/">Back to the mailbox</a></p>
<h2>Text part</h2>
<pre>${linkify(mail.text)}</pre>
<h2>HTML part</h2>
<iframe src="${path}html/" title="HTML part of the mail" sandbox="${MAIL_SANDBOX}"></iframe>`,
  })
}
