export { cookieMode } from './cookie-mode.ts'
