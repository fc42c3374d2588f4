// Made from packages/contract by `npm run generate`; a change by hand is lost.

/** A sentence for the user. */
export interface Detail {
  detail: string
}

/** The details of a user, as the user sees them. */
export interface User {
  email: string
  first_name: string
  last_name: string
  /** The language of mails; null for the default. */
  language: string | null
  /** Whether a password signs the user in. One who came by a provider may have none. */
  has_usable_password: boolean
}

/** A change of address that waits for its link. */
export interface PendingEmailChange {
  new_email: string
  /** ISO 8601, in UTC. */
  requested_at: string
  /** ISO 8601, in UTC. */
  expires_at: string
}

/** A session of a user. */
export interface SessionInfo {
  id: string
  /** Whether it is the session of this request. */
  current: boolean
  /** ISO 8601, in UTC. */
  created_at: string
  /** ISO 8601, in UTC. */
  last_seen_at: string
  /** ISO 8601, in UTC. */
  expires_at: string
  ip: string | null
  browser: string | null
  os: string | null
  device: string | null
}

/** An event of a user. */
export interface SecurityEvent {
  id: string
  /** What happened. */
  kind: string
  /** ISO 8601, in UTC. */
  created_at: string
  /** Who did it: the owner, staff, an operator, or anyone where nothing was proven. */
  actor: 'self' | 'staff' | 'operator' | 'anyone'
  session_id: string | null
  ip: string | null
  browser: string | null
  os: string | null
  device: string | null
  /** What the kind of event says besides. */
  details: Record<string, string | number | boolean>
}

/** An event of a user, as staff see it. */
export interface StaffEvent {
  id: string
  /** What happened. */
  kind: string
  /** ISO 8601, in UTC. */
  created_at: string
  /** Who did it: the owner, staff, an operator, or anyone where nothing was proven. */
  actor: 'self' | 'staff' | 'operator' | 'anyone'
  session_id: string | null
  ip: string | null
  browser: string | null
  os: string | null
  device: string | null
  /** What the kind of event says besides. */
  details: Record<string, string | number | boolean>
  /** The account that did it, where one proved to. */
  actor_id: string | null
}

/** The answer to a right first factor where the second one is due. */
export interface SecondFactorAnswer {
  /** Where tokens would come with a sentence. */
  detail?: string
  mfa_required: true
  /** 43 characters. It opens the next step, and nothing else. */
  challenge_id: string
  methods: ('passkey' | 'totp' | 'recovery_code')[]
  /** Seconds until the next step is too late. */
  expires_in: number
  /** Only with `passkey` among the methods. */
  passkey_options?: PasskeyRequest
}

/** The answer to a right first factor where a second one has to be set up. */
export interface SetupAnswer {
  /** Where tokens would come with a sentence. */
  detail?: string
  mfa_setup_required: true
  /** 43 characters. It opens the next step, and nothing else. */
  setup_challenge_id: string
  methods: ('totp' | 'passkey')[]
  /** Seconds until the next step is too late. */
  expires_in: number
}

/** The second factors of a user. */
export interface MfaStatus {
  /** Whether a sign-in with the password asks for a second factor. */
  enabled: boolean
  /** Whether this server demands one of this account. */
  required: boolean
  /** Those that work now. */
  methods: ('passkey' | 'totp' | 'recovery_code')[]
  recovery_codes_left: number
}

/** An authenticator app, the recovery codes, or a passkey. */
export interface Authenticator {
  id: string
  type: 'totp' | 'recovery_codes' | 'webauthn'
  /** ISO 8601, in UTC. */
  created_at: string
  last_used_at: string | null
  /** Of recovery codes: how many are unused. */
  left?: number
  /** Of a passkey. */
  name?: string
}

/** A passkey of a user. */
export interface Passkey {
  id: string
  /** The id that the authenticator chose, base64url. */
  credential_id: string
  name: string
  /** ISO 8601, in UTC. */
  created_at: string
  last_used_at: string | null
  /** Whether it is synced to other devices. */
  backed_up: boolean
}

/** What a browser makes a passkey for. */
export interface PasskeyCreation {
  challenge: string
  rp: { id: string; name: string }
  user: { id: string; name: string; displayName: string }
  pubKeyCredParams: { type: 'public-key'; alg: number }[]
  /** Milliseconds. */
  timeout: number
  attestation: 'none'
  authenticatorSelection: { residentKey: 'required'; requireResidentKey: true; userVerification: 'required' }
  excludeCredentials: { type: 'public-key'; id: string; transports: string[] }[]
}

/** What a browser asks a passkey for. */
export interface PasskeyRequest {
  challenge: string
  rpId: string
  /** Milliseconds. */
  timeout: number
  userVerification: 'required'
  allowCredentials: { type: 'public-key'; id: string; transports: string[] }[]
}

/** A user, as staff see the user. */
export interface StaffAccount {
  id: string
  /** The claim `user_id`; null when it is `id`. */
  external_id: string | null
  email: string
  first_name: string
  last_name: string
  /** The language of mails; null for the default. */
  language: string | null
  /** 0 user, 1000 staff, 900 superuser; any other number is the operator's own. */
  role: number
  is_active: boolean
  email_verified: boolean
  /** Whether a sign-in asks for a second factor. */
  second_factor: boolean
  /** How many passkeys the account has. */
  passkeys: number
  /** The providers whose accounts sign the account in, the oldest connection first. */
  connections: string[]
  /** ISO 8601, in UTC. */
  created_at: string
  /** When a session of the account was last used; null when it is signed in nowhere. */
  last_seen_at: string | null
}

/** The input of `client.login`. */
export interface LoginInput {
  email: string
  password: string
}

/** The input of `reauthenticate`. */
export interface ReauthenticateInput {
  password?: string
  /** Six digits. Blanks are removed. */
  code?: string
  /** 24 symbols, or 6 to 20 of a code that was moved in. Case, blanks and hyphens do not matter. */
  recovery_code?: string
  /** The answer of `navigator.credentials.get`, by `toJSON()`. */
  credential?: { id: string; rawId: string; type: string; response: { clientDataJSON: string; authenticatorData: string; signature: string; userHandle?: string | null } }
  /** The `code` in `return_to` of a connected account; the start had `prompt=login`. */
  social_code?: string
  /** Only with `social_code`. */
  code_verifier?: string
}

/** The answer of `mfa.setup`. */
export interface SetUpTotpAnswer {
  /** 32 symbols of base32. */
  secret: string
  /** The same as an `otpauth://` address. */
  provisioning_uri: string
  /** The address as a QR code: SVG. */
  qr_code: string
  /** Seconds until the secret is dead. */
  expires_in: number
}

/** The input of `passkeys.register`. */
export interface RegisterPasskeyInput {
  /** The answer of `navigator.credentials.create`, by `toJSON()`. */
  credential: { id: string; rawId: string; type: string; response: { clientDataJSON: string; attestationObject: string; transports?: string[] | null } }
  /** Without it: the provider of the passkey, else the browser and the system. */
  name?: string
  /** The `setup_challenge_id` of a sign-in. It stands for the access token, and is ignored beside one. */
  setup_challenge_id?: string
}

/** The answer of `passkeys.register`. */
export interface RegisterPasskeyAnswer {
  id: string
  /** The id that the authenticator chose, base64url. */
  credential_id: string
  name: string
  /** ISO 8601, in UTC. */
  created_at: string
  last_used_at: string | null
  /** Whether it is synced to other devices. */
  backed_up: boolean
  /** Ten codes, shown once. Each works once. */
  recovery_codes?: string[]
}

/** The answer of `passkeys.list`. */
export interface ListPasskeysAnswer {
  passkeys: Passkey[]
  /** The domain of the passkeys. */
  rp_id: string
  /** The id of the user in its passkeys: 16 bytes, base64url. */
  user_handle: string
}

/** The input of `social.signInWithToken`. */
export interface SignInWithProviderTokenInput {
  /** The id of the provider. */
  provider: string
  id_token?: string
  access_token?: string
  /** One of the client ids of the provider. Without it: any. */
  client_id?: string
  /** The nonce that was sent to the provider, where one was sent. */
  nonce?: string
  /** Apple tells it to the app alone, and only once. */
  first_name?: string
  last_name?: string
}

/** The input of `social.signInWithCode`. */
export interface SignInWithProviderCodeInput {
  /** The id of the provider. */
  provider: string
  code: string
  /** Exactly one of `PROVIDER_CALLBACK_URLS`. */
  callback_url: string
  /** The verifier of PKCE that belongs to the code. */
  code_verifier: string
  /** One of the client ids of the provider. Without it: any. */
  client_id?: string
  /** The nonce that was sent to the provider, where one was sent. */
  nonce?: string
}

/** The input of `social.connectWithToken`. */
export interface ConnectProviderTokenInput {
  /** The id of the provider. */
  provider: string
  id_token?: string
  access_token?: string
  /** One of the client ids of the provider. Without it: any. */
  client_id?: string
  /** The nonce that was sent to the provider, where one was sent. */
  nonce?: string
  /** Apple tells it to the app alone, and only once. */
  first_name?: string
  last_name?: string
}

/** The answer of `social.connectWithToken`. */
export interface ConnectProviderTokenAnswer {
  id: string
  /** The id of the provider. */
  provider: string
  /** How the provider names the account. */
  uid: string
  /** The last sign-in by it, or when it was connected. */
  last_login: string
  /** When it was connected. */
  date_joined: string
}

/** The input of `social.connectWithCode`. */
export interface ConnectProviderCodeInput {
  /** The id of the provider. */
  provider: string
  code: string
  /** Exactly one of `PROVIDER_CALLBACK_URLS`. */
  callback_url: string
  /** The verifier of PKCE that belongs to the code. */
  code_verifier: string
  /** One of the client ids of the provider. Without it: any. */
  client_id?: string
  /** The nonce that was sent to the provider, where one was sent. */
  nonce?: string
}

/** The answer of `social.connectWithCode`. */
export interface ConnectProviderCodeAnswer {
  id: string
  /** The id of the provider. */
  provider: string
  /** How the provider names the account. */
  uid: string
  /** The last sign-in by it, or when it was connected. */
  last_login: string
  /** When it was connected. */
  date_joined: string
}

/** The answer of `connectSocialAccount`. */
export interface ConnectSocialAccountAnswer {
  id: string
  /** The id of the provider. */
  provider: string
  /** How the provider names the account. */
  uid: string
  /** The last sign-in by it, or when it was connected. */
  last_login: string
  /** When it was connected. */
  date_joined: string
}

/** The input of `client.register`. */
export interface RegisterInput {
  email: string
  password1: string
  password2: string
  /** Required unless the server runs with `REGISTRATION_NAMES_REQUIRED=false`. */
  first_name?: string
  /** Required unless the server runs with `REGISTRATION_NAMES_REQUIRED=false`. */
  last_name?: string
  /** The language of mails. Without it, or when the server does not speak it: that of `Accept-Language`. */
  language?: string | null
  /** Where the mailed link leads: one of `REDIRECT_URLS`. */
  redirect_to?: string
}

/** The input of `client.registration.resend`. */
export interface ResendVerificationInput {
  email: string
  /** The password of one sign-up. */
  password?: string
  /** Where the mailed link leads: one of `REDIRECT_URLS`. */
  redirect_to?: string
}

/** The input of `client.password.change`. */
export interface PasswordChangeInput {
  /** Required unless the server runs with `OLD_PASSWORD_FIELD_ENABLED=false`. */
  old_password?: string
  new_password1: string
  new_password2: string
}

/** The input of `client.password.setNew`. */
export interface NewPasswordInput {
  new_password1: string
  new_password2: string
  /** What stood in place of `{token}` in `PASSWORD_RESET_REDIRECT`, or the last part of the mailed link. */
  token?: string
  /**
   * The mark of the link that a form was made for. The built-in form sends it, and is refused when another
   * link was opened since.
   */
  link?: string
}

/** The input of `client.email.change`. */
export interface EmailChangeInput {
  new_email: string
  /** Required of a user who has a password. A user without one leaves it out, and needs a recent proof. */
  password?: string
  /** Where the mailed link leads: one of `REDIRECT_URLS`. */
  redirect_to?: string
}

/** The input of `client.user.update`. */
export interface UserUpdate {
  first_name?: string
  last_name?: string
  /** The language of mails; null for the default. */
  language?: string | null
}

/** The input of `client.securityEvents.list`. */
export interface PageInput {
  /** The `next_cursor` of the page before. */
  cursor?: string
  /** At most 100; 50 when left out. */
  limit?: number
}

/** The input of `staff.users.list`. */
export interface StaffUserFilter {
  /**
   * Any part of an address or of a name, in any case. A whole address or `external_id` finds its account
   * alone.
   */
  search?: string
  /** 0 user, 1000 staff, 900 superuser; any other number is the operator's own. */
  role?: number
  is_active?: boolean
  email_verified?: boolean
  /** Made at this time or later. */
  created_after?: string
  /** Made earlier. */
  created_before?: string
  /** Seen at this time or later. */
  last_seen_after?: string
  /** Seen earlier, or signed in nowhere. */
  last_seen_before?: string
  /** The `next_cursor` of the page before. */
  cursor?: string
  /** At most 100; 50 when left out. */
  limit?: number
}

/** The input of `staff.users.create`. */
export interface StaffAccountInput {
  email: string
  password?: string
  first_name?: string
  last_name?: string
  /** 0 user, 1000 staff, 900 superuser; any other number is the operator's own. */
  role?: number
  /** The language of mails; null for the default. */
  language?: string | null
  /** Where the mailed link leads: one of `REDIRECT_URLS`. */
  redirect_to?: string
}

/** The input of `staff.events.list`. */
export interface ListUserEventsInput {
  id: string
  /** The `next_cursor` of the page before. */
  cursor?: string
  /** At most 100; 50 when left out. */
  limit?: number
}
