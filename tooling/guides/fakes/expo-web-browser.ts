type Result = { type: 'success'; url: string } | { type: 'cancel' | 'dismiss' }

/** The browser of the system, which a test plays. */
let browser: (address: string, returnTo: string) => Promise<Result> = async () => ({ type: 'cancel' })

Object.assign(globalThis, {
  playSignInBrowser: (play: typeof browser) => {
    browser = play
  },
})

export async function openAuthSessionAsync(address: string, returnTo: string): Promise<Result> {
  return browser(address, returnTo)
}
