import { useSettledUser } from './use-settled-session.ts'

/**
 * Answers whether the user has a password that can be asked for.
 *
 * Somebody whom a provider brought may have none. The server then asks for a recent proof in its place. Until the details
 * are there, it is taken for granted.
 */
export function useOwnPassword(): boolean {
  const { user } = useSettledUser()
  return user?.has_usable_password ?? true
}
