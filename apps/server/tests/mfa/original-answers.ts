/** Why one of our answers differs from the original's. `docs/contract.md` lists them. */
export type Difference =
  | 'no input gives a 500'
  | 'a wrong method is told before the caller'
  | 'a number is no code'
  | 'the code of the activation does not work again'
  | 'the code of the next step works'
  | 'a lock refuses codes alone, at the code'
  | 'removal needs a recent proof'
  | 'verify ignores a broken header'
  | 'with mandatory verification the sign-up has no set-up'

/** What happens before an exchange: a new sign-in, also half a minute later or after the window of a lock, or a step-up. */
export type Before = 'sign-in' | 'later' | 'window over' | 'step-up'

/** An exchange with the original, and how we answer where that is meant to differ. */
export interface Exchange {
  name: string
  /** With the access token of the caller, with a broken one, or without one. */
  as?: 'caller' | 'broken'
  before?: Before
  send: `${'GET' | 'POST'} /${string}`
  /** Words in braces stand for values of the run. */
  body?: unknown
  status: number
  answer: unknown
  ours?: { why: Difference; status: number; answer: unknown }
}

const UNKNOWN = { detail: 'Authentication credentials were not provided.' }
const DISABLED = { detail: 'MFA TOTP is disabled.' }
const CODE = { detail: 'Invalid code.' }
const CHALLENGE = { detail: 'Challenge expired or invalid.' }
const RECOVERY = { detail: 'Invalid recovery code.' }
const LOCKED = { detail: 'Too many failed MFA attempts. Try again later.' }
const REQUIRED = ['This field is required.']
const BLANK = ['This field may not be blank.']
const NULL = ['This field may not be null.']
const TOO_SHORT = ['Ensure this field has at least 6 characters.']
const TOKENS = { access: '{text}' }
const METHOD = (name: string) => ({ detail: `Method "${name}" not allowed.` })
const POSTS = ['setup', 'activate', 'verify', 'verify-recovery', 'deactivate'] as const
const OPEN: readonly string[] = ['verify', 'verify-recovery']

/** Where second factors are disabled. */
export const WHERE_DISABLED: readonly Exchange[] = [
  ...POSTS.map(
    (part): Exchange => ({
      name: `${part} with a token`,
      as: 'caller',
      send: `POST /mfa/${part}/`,
      body: {},
      status: 403,
      answer: DISABLED,
    }),
  ),
  ...POSTS.map((part): Exchange => {
    const isOpen = OPEN.includes(part)
    const told = isOpen ? { status: 403, answer: DISABLED } : { status: 401, answer: UNKNOWN }
    return { name: `${part} without a token`, send: `POST /mfa/${part}/`, body: {}, ...told }
  }),
  {
    name: 'the list with a token',
    as: 'caller',
    send: 'GET /mfa/authenticators/',
    status: 403,
    answer: DISABLED,
  },
  { name: 'the list without a token', send: 'GET /mfa/authenticators/', status: 401, answer: UNKNOWN },
]

const activate = (name: string, body: unknown, status: number, answer: unknown): Exchange => ({
  name: `activate: ${name}`,
  as: 'caller',
  send: 'POST /mfa/activate/',
  body,
  status,
  answer,
})
const verify = (name: string, body: unknown, status: number, answer: unknown): Exchange => ({
  name: `verify: ${name}`,
  send: 'POST /mfa/verify/',
  body,
  status,
  answer,
})
const recover = (name: string, body: unknown, status: number, answer: unknown): Exchange => ({
  name: `recovery: ${name}`,
  send: 'POST /mfa/verify-recovery/',
  body,
  status,
  answer,
})
const setup = (name: string, changes: Partial<Exchange>): Exchange => ({
  name: `setup: ${name}`,
  send: 'POST /mfa/setup/',
  status: 401,
  answer: UNKNOWN,
  ...changes,
})

const SECRET = { secret: '{secret}', provisioning_uri: '{uri}', qr_code: '{svg}' }
const WRONG_TOKEN = {
  detail: 'Given token not valid for any token type',
  code: 'token_not_valid',
  messages: [{ token_class: 'AccessToken', token_type: 'access', message: 'Token is invalid' }],
}
const withCode = (code: unknown) => ({ challenge_id: '{challenge}', code })
const wrong = (count: number) => withCode(`00000${count}`.slice(-6))

/** Where users may have second factors. The sign-ins are those of one user, in cookie mode. */
export const WHERE_OPTIONAL: readonly Exchange[] = [
  setup('without a token', {}),
  setup('a broken token', { as: 'broken', answer: WRONG_TOKEN }),
  setup('an unknown challenge', { body: { setup_challenge_id: 'abc' } }),
  setup('a list, without a token', {
    body: [1],
    status: 500,
    answer: '{text}',
    ours: { why: 'no input gives a 500', status: 401, answer: UNKNOWN },
  }),
  activate('before the setup', { code: '123456' }, 400, { detail: 'Setup not initiated.' }),
  { name: 'the list of nothing', as: 'caller', send: 'GET /mfa/authenticators/', status: 200, answer: [] },
  { name: 'the list without a token', send: 'GET /mfa/authenticators/', status: 401, answer: UNKNOWN },
  {
    name: 'deactivate: nothing is active',
    as: 'caller',
    send: 'POST /mfa/deactivate/',
    body: { password: '{password}' },
    status: 400,
    answer: { detail: 'TOTP not activated.' },
  },
  setup('a first secret', { as: 'caller', status: 200, answer: SECRET }),
  setup('another one before the activation', { as: 'caller', body: {}, status: 200, answer: SECRET }),
  activate('no code', {}, 400, { code: REQUIRED }),
  activate('a blank', { code: '' }, 400, { code: BLANK }),
  activate('five digits', { code: '12345' }, 400, { code: TOO_SHORT }),
  activate('seven digits', { code: '1234567' }, 400, {
    code: ['Ensure this field has no more than 6 characters.'],
  }),
  activate('letters', { code: 'abcdef' }, 400, CODE),
  activate('null', { code: null }, 400, { code: NULL }),
  {
    ...activate('a number', { code: 123456 }, 400, CODE),
    ours: { why: 'a number is no code', status: 400, answer: { code: ['Not a valid string.'] } },
  },
  activate('a wrong code', { code: '000000' }, 400, CODE),
  activate('a list', [1], 400, { non_field_errors: ['Invalid data. Expected a dictionary, but got list.'] }),
  { ...activate('without a token', { code: '{code}' }, 401, UNKNOWN), as: undefined },
  { ...activate('without a token and a code', {}, 401, UNKNOWN), as: undefined },
  activate('the right code', { code: '{code}' }, 200, { success: true, recovery_codes: '{codes}' }),
  activate('again', { code: '{code}' }, 400, { detail: 'Setup not initiated.' }),
  setup('of an active app', { as: 'caller', status: 400, answer: { detail: 'TOTP already activated.' } }),
  {
    name: 'the list of an app and its codes',
    as: 'caller',
    send: 'GET /mfa/authenticators/',
    status: 200,
    answer: [
      { id: '{id}', type: 'totp', created_at: '{time}', last_used_at: null },
      { id: '{id}', type: 'recovery_codes', created_at: '{time}', last_used_at: null },
    ],
  },
  { name: 'the session of the caller goes on', send: 'POST /refresh/', status: 200, answer: TOKENS },
  {
    name: 'a sign-in',
    send: 'POST /login/',
    body: { email: '{email}', password: '{password}' },
    status: 200,
    answer: { mfa_required: true, challenge_id: '{challenge}' },
  },
  {
    name: 'a sign-in with a wrong password',
    send: 'POST /login/',
    body: { email: '{email}', password: 'x' },
    status: 401,
    answer: { detail: 'Incorrect credentials', code: 'incorrect_credentials' },
  },
  verify('nothing', {}, 400, { challenge_id: REQUIRED, code: REQUIRED }),
  verify('an unknown challenge', { challenge_id: 'abc', code: '123456' }, 400, CHALLENGE),
  verify('blanks', { challenge_id: '', code: '' }, 400, { challenge_id: BLANK, code: BLANK }),
  verify('a short code', withCode('123'), 400, { code: TOO_SHORT }),
  verify('null', { challenge_id: null, code: null }, 400, { challenge_id: NULL, code: NULL }),
  verify('a wrong code', withCode('000000'), 400, CODE),
  {
    ...verify('the code of the activation', withCode('{last}'), 200, TOKENS),
    ours: { why: 'the code of the activation does not work again', status: 400, answer: CODE },
  },
  { ...verify('a right code', withCode('{code}'), 200, TOKENS), before: 'later' },
  verify('the same challenge', withCode('{code}'), 400, CHALLENGE),
  { ...verify('the same code', withCode('{last}'), 400, CODE), before: 'sign-in' },
  { ...verify('the code of the step before', withCode('{former}'), 400, CODE), before: 'sign-in' },
  {
    ...verify('the code of the next step', withCode('{next}'), 400, CODE),
    before: 'sign-in',
    ours: { why: 'the code of the next step works', status: 200, answer: TOKENS },
  },
  {
    ...recover('a wrong one', { challenge_id: '{challenge}', recovery_code: 'zzz' }, 400, RECOVERY),
    before: 'sign-in',
  },
  recover('nothing', {}, 400, { challenge_id: REQUIRED, recovery_code: REQUIRED }),
  recover('a right one', { challenge_id: '{challenge}', recovery_code: '{spent}' }, 200, TOKENS),
  {
    ...recover('the same one', { challenge_id: '{challenge}', recovery_code: '{spent}' }, 400, RECOVERY),
    before: 'sign-in',
  },
  recover('in capitals', { challenge_id: '{challenge}', recovery_code: '{CAPITALS}' }, 200, TOKENS),
  { ...verify('a part of a recovery code', withCode('036328'), 400, CODE), before: 'sign-in' },
  { ...verify('wrong, the first time', wrong(1), 400, CODE), before: 'window over' },
  ...[2, 3, 4].map((count) => verify(`wrong, ${count} times`, wrong(count), 400, CODE)),
  verify('wrong, five times', wrong(5), 400, {
    detail: 'Too many failed attempts. Challenge invalidated.',
  }),
  verify('wrong, and the challenge has ended', wrong(6), 400, CHALLENGE),
  { ...verify('wrong, six times', wrong(6), 400, CODE), before: 'sign-in' },
  ...[7, 8, 9].map((count) => verify(`wrong, ${count} times`, wrong(count), 400, CODE)),
  verify('wrong, ten times', withCode('000010'), 429, LOCKED),
  verify('wrong, eleven times', withCode('000011'), 400, CHALLENGE),
  {
    name: 'a sign-in while codes are locked',
    send: 'POST /login/',
    body: { email: '{email}', password: '{password}' },
    status: 429,
    answer: '{text}',
    ours: {
      why: 'a lock refuses codes alone, at the code',
      status: 200,
      answer: { mfa_required: true, challenge_id: '{challenge}' },
    },
  },
  {
    ...verify('a right code while codes are locked', withCode('{code}'), 400, CHALLENGE),
    ours: { why: 'a lock refuses codes alone, at the code', status: 429, answer: LOCKED },
  },
  {
    ...recover(
      'while codes are locked',
      { challenge_id: '{challenge}', recovery_code: '{other}' },
      400,
      CHALLENGE,
    ),
    ours: { why: 'a lock refuses codes alone, at the code', status: 200, answer: TOKENS },
  },
  {
    name: 'deactivate: without a token',
    send: 'POST /mfa/deactivate/',
    body: { password: '{password}' },
    status: 401,
    answer: UNKNOWN,
  },
  {
    name: 'deactivate: a quarter of an hour later',
    as: 'caller',
    send: 'POST /mfa/deactivate/',
    body: {},
    status: 400,
    answer: { password: REQUIRED },
    ours: {
      why: 'removal needs a recent proof',
      status: 403,
      answer: { detail: 'Please confirm that it is you and try again.' },
    },
  },
  ...[
    ['no password', {}, 400, { password: REQUIRED }],
    ['a wrong password', { password: 'x' }, 400, { detail: 'Invalid password.' }],
    ['the right password', { password: '{password}' }, 200, { success: true }],
    ['again', { password: '{password}' }, 400, { detail: 'TOTP not activated.' }],
  ].map(
    ([name, body, status, answer]): Exchange => ({
      name: `deactivate: ${name}`,
      as: 'caller',
      ...(name === 'no password' && { before: 'step-up' as const }),
      send: 'POST /mfa/deactivate/',
      body,
      status: status as number,
      answer,
    }),
  ),
  ...POSTS.map(
    (part): Exchange => ({
      name: `GET of ${part}`,
      as: 'caller',
      send: `GET /mfa/${part}/`,
      status: 405,
      answer: METHOD('GET'),
    }),
  ),
  {
    name: 'GET of setup without a token',
    send: 'GET /mfa/setup/',
    status: 401,
    answer: UNKNOWN,
    ours: { why: 'a wrong method is told before the caller', status: 405, answer: METHOD('GET') },
  },
  {
    name: 'POST of the list',
    as: 'caller',
    send: 'POST /mfa/authenticators/',
    body: {},
    status: 405,
    answer: METHOD('POST'),
  },
  {
    ...verify('a broken token', { challenge_id: 'a', code: '123456' }, 401, WRONG_TOKEN),
    as: 'broken',
    ours: { why: 'verify ignores a broken header', status: 400, answer: CHALLENGE },
  },
]

/** Where a second factor is required, for a user whose address is proven. */
export const WHERE_REQUIRED: readonly Exchange[] = [
  {
    name: 'a sign-up with mandatory verification',
    send: 'POST /registration/',
    body: {
      email: '{new}',
      password1: '{password}',
      password2: '{password}',
      first_name: 'Jo',
      last_name: 'Do',
    },
    status: 201,
    answer: { mfa_setup_required: true, setup_challenge_id: '{setup}', detail: 'Verification e-mail sent.' },
    ours: {
      why: 'with mandatory verification the sign-up has no set-up',
      status: 201,
      answer: { detail: 'Verification e-mail sent.' },
    },
  },
  {
    name: 'a sign-in without an app',
    send: 'POST /login/',
    body: { email: '{email}', password: '{password}' },
    status: 200,
    answer: { mfa_setup_required: true, setup_challenge_id: '{setup}' },
  },
  setup('by the challenge', { body: { setup_challenge_id: '{setup}' }, status: 200, answer: SECRET }),
  {
    ...activate('a wrong code', { setup_challenge_id: '{setup}', code: '000000' }, 400, CODE),
    as: undefined,
  },
  {
    ...activate('the right code opens the session', { setup_challenge_id: '{setup}', code: '{code}' }, 200, {
      ...TOKENS,
      success: true,
      recovery_codes: '{codes}',
    }),
    as: undefined,
  },
  {
    ...activate('the challenge again', { setup_challenge_id: '{setup}', code: '{code}' }, 401, UNKNOWN),
    as: undefined,
  },
  {
    name: 'deactivate is refused',
    as: 'caller',
    send: 'POST /mfa/deactivate/',
    body: { password: '{password}' },
    status: 403,
    answer: { detail: 'MFA TOTP is required and cannot be disabled.' },
  },
  {
    name: 'a sign-in with an app',
    send: 'POST /login/',
    body: { email: '{email}', password: '{password}' },
    status: 200,
    answer: { mfa_required: true, challenge_id: '{challenge}' },
  },
]
