export { launchBrowser } from './launch-browser.ts'
export { waitForFrames, watchControls } from './steady-page.ts'
export { type Authenticator, addAuthenticator } from './virtual-authenticator.ts'
