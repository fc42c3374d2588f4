import { html } from 'hono/html'
import { layout } from './layout.ts'
import type { Html, Site } from './site.ts'

/** Tells the person who signed up to look into the mailbox. The words fit a free and a taken address. */
export function checkMailPage(site: Site): Html {
  return layout(site, {
    heading: 'Check your mail',
    icon: 'mail',
    content: html`<p>We have sent a mail to the address you gave. Open the link in it to continue.</p>
<p class="muted">Nothing there after a few minutes? Look into the spam folder, check the address for typing mistakes, or ask for the mail again in the app you came from.</p>`,
  })
}

/** Says that the address of a sign-up is confirmed. */
export function addressVerifiedPage(site: Site): Html {
  return layout(site, {
    heading: 'Your address is confirmed',
    icon: 'success',
    content: html`<p>Thank you. Your account is ready: go back to the app and sign in.</p>
<p class="muted">You can close this page.</p>`,
  })
}

/** Says that the user has the new address. */
export function addressChangedPage(site: Site): Html {
  return layout(site, {
    heading: 'Your address has been changed',
    icon: 'success',
    content: html`<p>From now on, sign in with your new address. Your other devices have been signed out.</p>
<p class="muted">You can close this page.</p>`,
  })
}

/** Says that the new password is set, and that the former sessions ended. */
export function passwordResetCompletePage(site: Site): Html {
  return layout(site, {
    heading: 'Your password has been reset',
    icon: 'success',
    content: html`<p>Go back to the app and sign in with your new password.</p>
<p class="muted">For your safety, every device that was signed in has been signed out, and older links no longer work. You can close this page.</p>`,
  })
}

/**
 * Says that a reset link is invalid, and how to get a new one. The contract answers it with 200.
 *
 * The form shows this page too when the cookie of a link is missing.
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

/** Says that another reset link was opened after the form was shown, so that the form changed no password. */
export function passwordResetOtherPage(site: Site): Html {
  return layout(site, {
    heading: 'Another link was opened',
    icon: 'warning',
    content: html`<p>After this form was shown, another link to reset a password was opened in this browser. Your password was not changed just now, and neither was the password of the other account.</p>
<p>Open the link in the mail for the right account again, and choose the password in the form it leads to.</p>`,
  })
}

export interface ErrorPageData {
  title: string
  sentence: string
  /** The id of the request, which a person can quote to the operator. */
  requestId?: string
}

/** The page of any failure without a page of its own. */
export function errorPage(site: Site, { title, sentence, requestId }: ErrorPageData): Html {
  return layout(site, {
    heading: title,
    icon: 'warning',
    content: html`<p>${sentence}</p>
${requestId ? html`<p class="muted">When asking for help, quote <bdi>${requestId}</bdi>.</p>` : ''}`,
  })
}
