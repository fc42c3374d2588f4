import { html } from 'hono/html'
import type { Html } from '../site.ts'

/**
 * Makes the links of a plain text clickable and escapes the rest. A full stop or bracket after a link stays outside.
 *
 * Only `http` and `https` become links, because a mail may contain a name that a stranger typed.
 */
export function linkify(text: string): Html {
  // With one group `split` keeps the addresses. They have the odd indexes.
  const pieces = text.split(/(https?:\/\/[^\s<>"]*[^\s<>"'.,;:!?)\]}])/)
  return html`${pieces.map((piece, index) => (index % 2 === 1 ? html`<a href="${piece}">${piece}</a>` : piece))}`
}
