export { currentUser } from './current-user.ts'
export type { CurrentUser, UserSnapshot } from './user-store.ts'
