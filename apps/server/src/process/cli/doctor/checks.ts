import { CERTIFICATES } from './certificates.ts'
import type { Check } from './check.ts'
import { CLIENT_ADDRESSES } from './client-addresses.ts'
import { CLOCK } from './clock.ts'
import { CONNECTIONS } from './connections.ts'
import { COOKIES } from './cookies.ts'
import { DATABASE } from './database.ts'
import { FORMER_SECRETS } from './former-secrets.ts'
import { HOUSEKEEPING } from './housekeeping.ts'
import { KEEP_ALIVE } from './keep-alive.ts'
import { MAIL_SERVER } from './mail-server.ts'
import { OLD_TOKENS } from './old-tokens.ts'
import { POOLER } from './pooler.ts'
import { PROXIES } from './proxies.ts'
import { PUBLIC_URL } from './public-url.ts'
import { RIGHTS } from './rights.ts'
import { SCHEMA } from './schema.ts'
import { SECRET_FILES } from './secret-files.ts'
import { SERVER_VERSION } from './server-version.ts'
import { SESSION } from './session.ts'
import { SETTINGS } from './settings.ts'
import { SIGNING_KEYS } from './signing-keys.ts'
import { STANDBY } from './standby.ts'
import { START } from './start.ts'
import { THROTTLE_STORE } from './throttle-store.ts'
import { TLS } from './tls.ts'
import { WAITING_MAIL } from './waiting-mail.ts'

/** Every check, in the order of the report. */
export const CHECKS: readonly Check[] = [
  SETTINGS,
  SECRET_FILES,
  DATABASE,
  SERVER_VERSION,
  SESSION,
  SCHEMA,
  RIGHTS,
  TLS,
  POOLER,
  CONNECTIONS,
  STANDBY,
  CLOCK,
  START,
  SIGNING_KEYS,
  FORMER_SECRETS,
  OLD_TOKENS,
  MAIL_SERVER,
  WAITING_MAIL,
  HOUSEKEEPING,
  THROTTLE_STORE,
  PUBLIC_URL,
  CERTIFICATES,
  PROXIES,
  CLIENT_ADDRESSES,
  COOKIES,
  KEEP_ALIVE,
]
