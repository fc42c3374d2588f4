import { isExampleSecret } from './secrets.ts'

/** The smallest Argon2id memory that OWASP allows. With less memory a stolen table is cheap to search. */
const MIN_HASH_MEMORY_KIB = 7168

interface Candidate {
  publicUrl: string
  databaseUrl: string | null
  embeddedChosen: boolean
  secretKey: string | null
  secretKeyFallbacks: string[]
  passwordHash: { memoryKib: number }
  mail: { mode: 'smtp' | 'dev' | 'off'; smtpUrl: string | null }
  resetCookie: { secure: boolean }
  refreshCookie: { secure: boolean } | null
  metrics: { token: string | null } | null
}

/** Finds settings that are missing or weak in production. Each sentence begins with the name of a setting. */
export function findInsecureSettings(config: Candidate, given: (name: string) => boolean): string[] {
  const faults: string[] = []
  if (!given('PUBLIC_URL')) faults.push('PUBLIC_URL is required in production, e.g. https://auth.example.com')
  else if (!config.publicUrl.startsWith('https:'))
    faults.push('PUBLIC_URL must begin with https:// in production')
  // Without this line a misspelt DATABASE_URL would start on an empty database of our own.
  if (config.databaseUrl === null && !config.embeddedChosen) {
    faults.push(
      'DATABASE_URL is required in production, or DATABASE=embedded for a private PostgreSQL on this machine',
    )
  }
  if (config.secretKey === null) {
    faults.push('SECRET_KEY is required in production; make one with: openssl rand -base64 48')
  } else if (isExampleSecret(config.secretKey)) {
    faults.push('SECRET_KEY must not be an example value; make one with: openssl rand -base64 48')
  }
  if (config.secretKeyFallbacks.some(isExampleSecret)) {
    faults.push('SECRET_KEY_FALLBACKS must not hold an example value')
  }
  if (config.metrics?.token && isExampleSecret(config.metrics.token)) {
    faults.push('METRICS_TOKEN must not be an example value; make one with: openssl rand -hex 32')
  }
  if (config.passwordHash.memoryKib < MIN_HASH_MEMORY_KIB) {
    faults.push(`PASSWORD_HASH_MEMORY_KIB must be at least ${MIN_HASH_MEMORY_KIB} in production`)
  }
  return [...faults, ...findInsecureMail(config, given), ...findInsecureCookies(config)]
}

function findInsecureMail({ mail }: Candidate, given: (name: string) => boolean): string[] {
  const faults: string[] = []
  if (mail.mode === 'dev' && !given('MAIL')) {
    faults.push('SMTP_URL is required in production, or MAIL=off to send no mail at all')
  } else if (mail.mode === 'dev') {
    faults.push('MAIL must not be dev in production: its mailbox shows every link to everybody')
  }
  return faults
}

function findInsecureCookies({ resetCookie, refreshCookie }: Candidate): string[] {
  return [
    ...(resetCookie.secure ? [] : ['PASSWORD_RESET_COOKIE_SECURE must not be off in production']),
    ...(refreshCookie?.secure === false ? ['REFRESH_TOKEN_COOKIE_SECURE must not be off in production'] : []),
  ]
}
