import type { DomainError } from '@latchkey/core'

/** Describes a refusal on a terminal: each field with its sentences, or the sentence alone. */
export function describeRefusal({ fields, message }: DomainError): string {
  if (!fields) return message
  const lines = Object.entries(fields).map(([name, sentences]) => {
    const text = sentences.join(' ')
    return name === 'nonFieldErrors' ? text : `${name}: ${text}`
  })
  return lines.join('\n')
}
