/** A mail, as far as the run looks at it. */
export interface ReadMail {
  /** The Message-ID: the same at every attempt to send one mail. */
  id: string
  to: string
  kind: MailKind
  /** The secret at the end of the mailed link; null in a notice. */
  key: string | null
}

/** What a mail asks its reader to do. */
export type MailKind = 'reset' | 'verify' | 'change' | 'notice'

const LINKS: [MailKind, RegExp][] = [
  ['reset', /\/password\/reset\/confirm\/[\w-]+\/([\w-]{40,})/],
  ['verify', /\/registration\/verification\/([\w-]{40,})/],
  ['change', /\/email\/change\/confirm\/([\w-]{40,})/],
]

/** Reads a message as it came over SMTP. */
export function readMail(message: string, to: string): ReadMail {
  const [, id = ''] = /^Message-ID:\s*<([^>]+)>/im.exec(message) ?? []
  const text = message.replaceAll(/=\r?\n/g, '').replaceAll('=3D', '=')
  for (const [kind, pattern] of LINKS) {
    const [, key] = pattern.exec(text) ?? []
    if (key !== undefined) return { id, to, kind, key }
  }
  return { id, to, kind: 'notice', key: null }
}
