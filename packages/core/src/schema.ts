export { users } from './accounts/schema.ts'
export { sessions } from './sessions/schema.ts'
export { signingKeys } from './tokens/schema.ts'
