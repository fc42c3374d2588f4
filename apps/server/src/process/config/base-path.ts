import { MAILBOX_PATH, operations, PORTAL_PATH, pages } from '@latchkey/contract'

/** The addresses of the server beside its operations and pages. */
const SYSTEM_PATHS = [
  '/healthz',
  '/readyz',
  '/.well-known/jwks.json',
  '/openapi.json',
  '/docs',
  '/trpc',
  '/assets',
]

/** The first words of all paths of the server. */
export const OWN_WORDS: ReadonlySet<string> = new Set(
  [
    ...Object.values({ ...operations, ...pages }).map(({ path }) => path),
    PORTAL_PATH,
    MAILBOX_PATH,
    ...SYSTEM_PATHS,
  ].map(readFirstWord),
)

interface Candidate {
  basePath: string
  emailVerifiedRedirect: string | null
  passwordResetRedirect: string | null
}

/**
 * Finds a path of `PUBLIC_URL` that the server cannot be served below.
 *
 * A proxy may remove the path from a request or leave it. When the path begins like a path of the server, the two cases
 * cannot be told apart.
 */
export function findAddressFaults({ basePath }: Pick<Candidate, 'basePath'>): string[] {
  const word = readFirstWord(basePath)
  if (!OWN_WORDS.has(word)) return []
  return [`PUBLIC_URL must not have a path that begins with /${word}, because the server has addresses there`]
}

/** Warns about a redirect to the portal that forgets the path of `PUBLIC_URL`. */
export function findAddressWarnings(config: Candidate): string[] {
  const { basePath, emailVerifiedRedirect, passwordResetRedirect } = config
  const redirects = {
    EMAIL_VERIFIED_REDIRECT: emailVerifiedRedirect,
    PASSWORD_RESET_REDIRECT: passwordResetRedirect,
  }
  if (basePath === '') return []
  return Object.entries(redirects).flatMap(([name, target]) =>
    target?.startsWith(`${PORTAL_PATH}/`)
      ? [`${name} leads outside of PUBLIC_URL; the portal is below ${basePath}${PORTAL_PATH}/`]
      : [],
  )
}

function readFirstWord(path: string): string {
  return path.split('/')[1] ?? ''
}
