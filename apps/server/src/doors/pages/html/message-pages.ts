import { html } from 'hono/html'
import { layout } from './layout.ts'
import type { Html, Site } from './site.ts'
import { wayOn, wayToNewLink } from './way-on.ts'

/** Tells the person who signed up to look into the mailbox. The words fit a free and a taken address. */
export function checkMailPage(site: Site): Html {
  const { t } = site
  return layout(site, {
    heading: t('checkMail.heading'),
    icon: 'mail',
    content: html`<p>${t('checkMail.explanation')}</p>
<p class="muted">${t('checkMail.nothingArrived')}</p>
${wayOn(site, { isQuiet: true })}`,
  })
}

/** Says that the address of a sign-up is confirmed. */
export function addressVerifiedPage(site: Site): Html {
  const { t } = site
  return layout(site, {
    heading: t('addressVerified.heading'),
    icon: 'success',
    content: html`<p>${t('addressVerified.explanation')}</p>
${wayOn(site, { otherwise: 'goBack.signIn' })}`,
  })
}

/** Says that the user has the new address. */
export function addressChangedPage(site: Site): Html {
  const { t } = site
  return layout(site, {
    heading: t('addressChanged.heading'),
    icon: 'success',
    content: html`<p>${t('addressChanged.explanation')}</p>
${wayOn(site, { otherwise: 'goBack.close' })}`,
  })
}

/**
 * Says that the new password is set, and that the former sessions ended.
 *
 * @param options.hasSecondSteps - whether this server has second steps: a new password is no way around them
 */
export function passwordResetCompletePage(site: Site, { hasSecondSteps }: { hasSecondSteps: boolean }): Html {
  const { t } = site
  return layout(site, {
    heading: t('resetComplete.heading'),
    icon: 'success',
    content: html`<p>${t('resetComplete.explanation')}</p>
${hasSecondSteps && html`<p>${t('resetComplete.secondStep')}</p>`}
${wayOn(site, { otherwise: 'goBack.signIn' })}
<p class="muted">${t('resetComplete.devices')}</p>`,
  })
}

/**
 * Says that a reset link is invalid, and how to get a new one. The contract answers it with 200.
 *
 * The form shows this page too when the cookie of a link is missing.
 */
export function passwordResetInvalidPage(site: Site): Html {
  const { t } = site
  return layout(site, {
    heading: t('resetInvalid.heading'),
    icon: 'warning',
    content: html`<p>${t('resetInvalid.explanation')}</p>
<p>${t('resetInvalid.whatToDo')}</p>
${wayToNewLink(site)}
<p class="muted">${t('resetInvalid.cookies')}</p>`,
  })
}

/** Says that another reset link was opened after the form was shown, so that the form changed no password. */
export function passwordResetOtherPage(site: Site): Html {
  const { t } = site
  return layout(site, {
    heading: t('otherLink.heading'),
    icon: 'warning',
    content: html`<p>${t('otherLink.explanation')}</p>
<p>${t('otherLink.whatToDo')}</p>
${wayOn(site, { isQuiet: true })}`,
  })
}

/** The page of an address that leads nowhere. */
export function notFoundPage(site: Site): Html {
  const { t } = site
  return layout(site, {
    heading: t('notFound.heading'),
    icon: 'warning',
    content: html`<p>${t('notFound.explanation')}</p>
${wayOn(site, { otherwise: 'home.nothingHere' })}`,
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
  const quoted = requestId && site.t.rich('refused.askingForHelp', { id: html`<bdi>${requestId}</bdi>` })
  return layout(site, {
    heading: title,
    icon: 'warning',
    content: html`<p>${sentence}</p>
${quoted && html`<p class="muted">${quoted}</p>`}
${wayOn(site, { isQuiet: true })}`,
  })
}

/** Says that the link of an app that begins a sign-in with a provider cannot be followed. */
export function providerLinkPage(site: Site): Html {
  const { t } = site
  return layout(site, {
    heading: t('providerLink.heading'),
    icon: 'warning',
    content: html`<p>${t('providerLink.explanation')}</p>
${wayOn(site, { otherwise: 'goBack.signIn' })}`,
  })
}

/**
 * Says that nothing waits here for a person who comes from a provider: nobody was signed in.
 *
 * @param reason - `elsewhere`: another browser began
 */
export function providerAttemptPage(site: Site, reason: 'over' | 'elsewhere'): Html {
  const { t } = site
  return layout(site, {
    heading: t(`providerAttempt.${reason}`),
    icon: 'warning',
    content: html`<p>${t(`providerAttempt.${reason}Explanation`)}</p>
${wayOn(site, { otherwise: 'goBack.signIn' })}`,
  })
}
