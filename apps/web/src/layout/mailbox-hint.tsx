import { useSettings } from '../session/portal.ts'

/** Tells developers where mail ends up on their machine; in production it is nothing. */
export function MailboxHint() {
  const { mailboxPath } = useSettings()
  if (mailboxPath === null) return null
  return (
    <p className="hint">
      This server is in development: its mail is in the <a href={mailboxPath}>developers’ mailbox</a>.
    </p>
  )
}
