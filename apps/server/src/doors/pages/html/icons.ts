import { html } from 'hono/html'
import type { Html } from './site.ts'

const PATHS = {
  success: 'M5 12.5l4.5 4.5L19 7.5',
  mail: 'M4 6.5h16v11H4zM4 7l8 6.5L20 7',
  key: 'M14.5 14a4.5 4.5 0 1 0-4.2-2.8L4 17.5V20h3v-2h2v-2h2l1.4-1.4c.6.3 1.3.4 2.1.4zM15.5 8.6v.1',
  warning: 'M12 7v6.5M12 17v.2',
} as const

export type IconName = keyof typeof PATHS

/** Draws an icon in a tinted disc, as inline SVG. It is decoration: the heading says the same in words. */
export function icon(name: IconName): Html {
  return html`<span class="icon icon-${name}"><svg viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d="${PATHS[name]}"/></svg></span>`
}

/** The operator's logo, or the mark of a latch, beside the name. */
export function brandMark(logoUrl: string | null): Html {
  if (logoUrl !== null) return html`<img class="logo" src="${logoUrl}" alt="">`
  return html`<svg class="mark" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><rect width="24" height="24" rx="6"/><circle cx="12" cy="9.5" r="3.25"/><path d="M10.6 11.5h2.8l1.1 6.5h-5z"/></svg>`
}

/** The same mark for the browser's tab. It is a `data:` address, so that no page requests `/favicon.ico`. */
export function markAddress(color: string): string {
  const picture = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><rect width="24" height="24" rx="6" fill="${color}"/><g fill="#fff"><circle cx="12" cy="9.5" r="3.25"/><path d="M10.6 11.5h2.8l1.1 6.5h-5z"/></g></svg>`
  return `data:image/svg+xml,${encodeURIComponent(picture)}`
}
