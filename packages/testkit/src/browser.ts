export { launchBrowser } from './launch-browser.ts'
export { waitForFrames, watchControls } from './steady-page.ts'
