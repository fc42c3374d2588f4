import { html } from 'hono/html'
import type { Html } from '../site.ts'

/**
 * Makes the links of a plain text clickable, without the full stop or bracket after them, and escapes the rest.
 *
 * Only `http` and `https`: a mail's text may hold what a stranger typed as a name.
 */
export function linkify(text: string): Html {
  // The one group makes `split` keep the addresses, at the odd places.
  const pieces = text.split(/(https?:\/\/[^\s<>"]*[^\s<>"'.,;:!?)\]}])/)
  return html`${pieces.map((piece, index) => (index % 2 === 1 ? html`<a href="${piece}">${piece}</a>` : piece))}`
}
