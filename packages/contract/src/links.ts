import { operations } from './operations/index.ts'
import { pages } from './pages.ts'

/** The paths of mailed links, each with its secret. */
export interface LinkPaths {
  verifyEmail: (key: string) => string
  confirmEmailChange: (key: string) => string
  /** This path holds the user's id in base64url beside the secret. */
  resetPassword: (uidb64: string, token: string) => string
}

/** The paths of mailed links, for the sender of the mails. */
export const LINK_PATHS: LinkPaths = {
  verifyEmail: (key) => fillPath(operations.verifyEmail.path, { key }),
  confirmEmailChange: (key) => fillPath(operations.confirmEmailChange.path, { key }),
  resetPassword: (uidb64, token) => fillPath(pages.openResetLink.path, { uidb64, token }),
}

/** Puts values into the placeholders of a path: `/sessions/{id}/` becomes `/sessions/1/`. */
export function fillPath(path: string, values: Readonly<Record<string, string>>): string {
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? ''))
}

/** Lists the placeholders of a path: `/sessions/{id}/` has `id`. */
export function listPlaces(path: string): string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].flatMap(([, name]) => name ?? [])
}
