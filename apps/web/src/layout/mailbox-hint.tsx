import { useSettings } from '../session/portal.ts'

/** Links a developer to the mailbox of the development server. It shows nothing in production. */
export function MailboxHint() {
  const { mailboxPath } = useSettings()
  if (mailboxPath === null) return null
  return (
    <p className="hint">
      This server is in development: its mail is in the <a href={mailboxPath}>developers’ mailbox</a>.
    </p>
  )
}
