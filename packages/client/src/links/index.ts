export { confirmEmailChange, verifyEmail } from './follow-link.ts'
