import type { Ledger } from '../ledger/ledger.ts'
import type { AskedMail } from '../people/mail-book.ts'
import type { RelayMail } from '../world/relay.ts'

/** A process records a mail as sent right after the answer of the relay. A fault around that time can prevent it. */
const RECORDING_MILLISECONDS = 10_000

/** The mails of a run, in numbers. */
export interface MailFigures {
  asked: number
  distinct: number
  copies: number
}

/** Compares the mails that came with those that were asked for: each acknowledged one came, and none came twice. */
export function checkMails(ledger: Ledger, mails: RelayMail[], asked: AskedMail[]): MailFigures {
  const copies = Map.groupBy(mails, ({ id }) => id)
  const first = [...copies.values()].map(([mail]) => mail as RelayMail)
  for (const { to, kind, acknowledged, unanswered } of asked) {
    const came = first.filter((mail) => mail.to === to && mail.kind === kind).length
    const numbers = `${kind}: ${came} came, ${acknowledged} acknowledged, ${unanswered} without an answer`
    if (came < acknowledged) ledger.finding('mail_lost', numbers)
    if (came > acknowledged + unanswered) ledger.finding('mail_not_asked_for', numbers)
  }
  for (const same of copies.values()) judgeCopies(ledger, same)
  return {
    asked: asked.reduce((sum, { acknowledged }) => sum + acknowledged, 0),
    distinct: copies.size,
    copies: mails.length - copies.size,
  }
}

function judgeCopies(ledger: Ledger, same: RelayMail[]): void {
  for (const [index, copy] of same.slice(1).entries()) {
    const before = same[index] as RelayMail
    const isExplained = ledger.isExplained(before.at - RECORDING_MILLISECONDS, before.at, undefined, 0)
    if (!before.isAnswered) ledger.exceptions.count('mail_again_after_a_lost_answer')
    else if (isExplained) ledger.exceptions.count('mail_again_because_it_was_not_recorded')
    else ledger.finding('mail_doubled', `${copy.kind}: again after ${Math.round(copy.at - before.at)} ms`)
  }
}
