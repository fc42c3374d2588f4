import type { MailKind } from '../world/read-mail.ts'

/** The mails that people have asked for. */
export interface MailBook {
  /** Notes that a mail was asked for. The returned function notes that the server has acknowledged it. */
  ask(to: string, kind: MailKind): () => void
  asked(): AskedMail[]
}

/** How many mails of one kind must and may have come to one address. */
export interface AskedMail {
  to: string
  kind: MailKind
  acknowledged: number
  unanswered: number
}

/** Creates an empty book. */
export function createMailBook(): MailBook {
  const entries = new Map<string, AskedMail>()
  return {
    asked: () => [...entries.values()],
    ask: (to, kind) => {
      const key = `${kind} ${to}`
      const entry = entries.get(key) ?? { to, kind, acknowledged: 0, unanswered: 0 }
      entries.set(key, entry)
      entry.unanswered++
      return () => {
        entry.unanswered--
        entry.acknowledged++
      }
    },
  }
}
