import { html } from 'hono/html'
import type { Html } from '../site.ts'

/** Marks every page of the mailbox as a tool of development. */
export function mailboxNotice(): Html {
  return html`<strong>Development only.</strong> Mails are kept here instead of being sent, and anyone who can open this page can read them. It does not exist in production.`
}

/** Shows a time in UTC to the second. The markup holds the exact time. */
export function timestamp(date: Date): Html {
  const iso = date.toISOString()
  return html`<time datetime="${iso}">${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC</time>`
}
