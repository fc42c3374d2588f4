import type { CDPSession, Page } from 'playwright-core'

/** An authenticator that Chromium has in place of a real one. */
export interface Authenticator {
  /** Whether the person is there and puts the finger on it. */
  setPresent(isPresent: boolean): Promise<void>
  /** The number of passkeys on it. */
  count(): Promise<number>
}

/** Gives a page an authenticator that verifies its person by itself. */
export async function addAuthenticator(page: Page): Promise<Authenticator> {
  const cdp: CDPSession = await page.context().newCDPSession(page)
  await cdp.send('WebAuthn.enable')
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  return {
    setPresent: async (enabled) => {
      await cdp.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled })
    },
    count: async () => (await cdp.send('WebAuthn.getCredentials', { authenticatorId })).credentials.length,
  }
}
