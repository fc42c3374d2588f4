import type { CDPSession, Page } from 'playwright-core'

/** An authenticator that Chromium has in place of a real one. */
export interface Authenticator {
  /** Whether the person is there and puts the finger on it. */
  setPresent(isPresent: boolean): Promise<void>
  /** Whether the person is verified: by a PIN, a finger or a face. */
  setVerified(isVerified: boolean): Promise<void>
  /** Lists the passkeys on it. */
  list(): Promise<{ isResidentCredential: boolean; rpId?: string }[]>
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
    setVerified: async (isUserVerified) => {
      await cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified })
    },
    list: async () => (await cdp.send('WebAuthn.getCredentials', { authenticatorId })).credentials,
  }
}
