import { html } from 'hono/html'
import { layout } from './layout.ts'
import type { Html, Site } from './site.ts'

/** Tells a new user to look into the mailbox, in words that hold for a free and for a taken address alike. */
export function checkMailPage(site: Site): Html {
  return layout(site, {
    heading: 'Check your mail',
    icon: 'mail',
    content: html`<p>We have sent a mail to the address you gave. Open the link in it to continue.</p>
<p class="muted">Nothing there after a few minutes? Look into the spam folder, check the address for typing mistakes, or ask for the mail again in the app you came from.</p>`,
  })
}

/** Tells that the address of a sign-up is confirmed. */
export function addressVerifiedPage(site: Site): Html {
  return layout(site, {
    heading: 'Your address is confirmed',
    icon: 'success',
    content: html`<p>Thank you. Your account is ready: go back to the app and sign in.</p>
<p class="muted">You can close this page.</p>`,
  })
}

/** Tells that the account now goes by its new address. */
export function addressChangedPage(site: Site): Html {
  return layout(site, {
    heading: 'Your address has been changed',
    icon: 'success',
    content: html`<p>From now on, sign in with your new address. Your other devices have been signed out.</p>
<p class="muted">You can close this page.</p>`,
  })
}

/** Tells that the new password is set, and what became of the old one's sessions. */
export function passwordResetCompletePage(site: Site): Html {
  return layout(site, {
    heading: 'Your password has been reset',
    icon: 'success',
    content: html`<p>Go back to the app and sign in with your new password.</p>
<p class="muted">For your safety, every device that was signed in has been signed out, and older links no longer work. You can close this page.</p>`,
  })
}

/**
 * Tells that a reset link does nothing, and how to get one that does; answered with 200 by the contract.
 *
 * Also the page of the form when a link's cookie is missing.
 */
export function passwordResetInvalidPage(site: Site): Html {
  return layout(site, {
    heading: 'This link was invalid',
    icon: 'warning',
    content: html`<p>The link to reset your password may have expired, or a password has been set with it or with a newer one already. Your password was not changed just now.</p>
<p>To get a new link, choose “Forgot your password?” where you sign in, and open the mail soon after.</p>
<p class="muted">Your browser has to accept cookies from this page for the link to work.</p>`,
  })
}

export interface ErrorPageData {
  title: string
  sentence: string
  /** Shown so that it can be quoted to whoever runs the server. */
  requestId?: string
}

/** The page of any failure that has none of its own. */
export function errorPage(site: Site, { title, sentence, requestId }: ErrorPageData): Html {
  return layout(site, {
    heading: title,
    icon: 'warning',
    content: html`<p>${sentence}</p>
${requestId ? html`<p class="muted">When asking for help, quote <bdi>${requestId}</bdi>.</p>` : ''}`,
  })
}
