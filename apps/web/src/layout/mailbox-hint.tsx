import { useMessages } from '../languages/language-store.ts'
import { useSettings } from '../session/portal.ts'

/** Links a developer to the mailbox of the development server. It shows nothing in production. */
export function MailboxHint() {
  const { t } = useMessages()
  const { mailboxPath } = useSettings()
  if (mailboxPath === null) return null
  return (
    <p className="hint">{t.rich('mailbox.hint', { link: (text) => <a href={mailboxPath}>{text}</a> })}</p>
  )
}
