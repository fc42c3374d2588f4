import {
  type Access,
  type ContractSettings,
  type Need,
  type OperationDefinition,
  REFUSALS,
  type RefusalCode,
  type RefusalWords,
} from '@latchkey/contract'
import type { WireProof } from '../../refusals.ts'
import type { Endpoint } from '../../rest/endpoints.ts'

export interface DocumentedRefusal {
  status: number
  code: RefusalCode
  /** The body, word for word. */
  example: { detail: string; code: string; messages?: unknown[] } & Partial<WireProof>
}

/** The settings on which the refusals of an operation depend, beside those that its definition has applied. */
export type DocumentedSettings = Pick<ContractSettings, 'cookieMode' | 'dpop' | 'emailVerification'>

const BODY_REFUSALS: RefusalCode[] = ['parse_error', 'request_too_large', 'unsupported_media_type']
const BEARER_REFUSALS: RefusalCode[] = [
  'not_authenticated',
  'bad_authorization_header',
  'user_not_found',
  'user_inactive',
]

const EXAMPLE_DETAILS: Partial<Record<RefusalCode, string>> = {
  throttled: 'Request was throttled. Expected available in 42 seconds.',
  unsupported_media_type: 'Unsupported media type "text/plain" in request.',
}

/** The refusal of a caller that has to confirm first that it is the user. */
const INSUFFICIENT: DocumentedRefusal = {
  ...documentRefusal('insufficient_user_authentication'),
  example: {
    ...documentRefusal('insufficient_user_authentication').example,
    max_age: 900,
    acr_values: 'aal2',
    methods: ['passkey', 'totp', 'recovery_code'],
  },
}

/** The refusal of each part that an operator may turn off. */
const TURNED_OFF: Record<Need, RefusalCode> = { mfa: 'mfa_disabled', passkeys: 'passkeys_disabled' }

/** The refusals of an operation that is counted and asks the database. */
export const FAULTS: DocumentedRefusal[] = (['throttled', 'error', 'unavailable'] as const).map((code) =>
  documentRefusal(code),
)

/** Lists the refusals of an operation, without its field errors: its own and those of its kind. */
export function listRefusals(endpoint: Endpoint, settings: DocumentedSettings): DocumentedRefusal[] {
  const { meta } = endpoint
  const { cookieMode, emailVerification } = settings
  const isGuarded = meta.access === 'cookie' || (cookieMode && meta.refreshCookie !== undefined)
  const own = [
    ...meta.refusals,
    ...(isGuarded ? (['csrf_failed'] as const) : []),
    ...listProofRefusals(meta, settings),
    ...(readsBody(endpoint) ? BODY_REFUSALS : []),
  ]
  return [
    ...(meta.cookieDecides ? [] : listBearerRefusals(meta.access, emailVerification === 'mandatory')),
    ...(meta.needs ?? []).map((need) => documentRefusal(TURNED_OFF[need])),
    ...(asksProof(meta) ? [INSUFFICIENT] : []),
    ...own.map((code) => documentRefusal(code, meta.details)),
    ...(meta.unreachable ? [documentRefusal('throttled')] : FAULTS),
  ]
}

/** Returns whether an operation refuses callers who have to confirm first that they are the user. */
export function asksProof({ recent, access }: Endpoint['meta']): boolean {
  return recent !== undefined || access === 'staff' || access === 'superuser'
}

/** Lists the refusals of a missing or bad proof. A session that was bound before proofs were turned off stays bound. */
export function listProofRefusals(
  { proofUse }: Endpoint['meta'],
  { dpop }: Pick<ContractSettings, 'dpop'>,
): RefusalCode[] {
  if (proofUse === 'refreshes') return ['invalid_refresh_proof', 'use_dpop_nonce']
  if (proofUse === undefined || dpop === 'off') return []
  return [
    'invalid_dpop_proof',
    'use_dpop_nonce',
    ...(dpop === 'required' ? (['dpop_required'] as const) : []),
  ]
}

/** Returns whether the body of a request is read. It is read even when no field of it is used. */
export function readsBody({ method, meta }: Endpoint): boolean {
  return method !== 'GET' && !meta.cookieDecides
}

function listBearerRefusals(access: Access, verifies: boolean): DocumentedRefusal[] {
  if (access === 'anonymous' || access === 'cookie') return []
  const message = access === 'logout' ? 'Token is invalid' : 'Token is expired'
  const example = {
    detail: 'Given token not valid for any token type',
    code: 'token_not_valid',
    messages: [{ token_class: 'AccessToken', token_type: 'access', message }],
  }
  const role: RefusalCode[] = access === 'staff' || access === 'superuser' ? ['permission_denied'] : []
  const unverified: RefusalCode[] = verifies && access !== 'logout' ? ['email_not_verified'] : []
  const refusals = [...BEARER_REFUSALS, ...unverified, ...role].map((code) => documentRefusal(code))
  return [...refusals, { status: 401, code: 'token_not_valid', example }]
}

/** Describes one refusal as it is sent. `own` holds sentences that replace those of the catalogue. */
export function documentRefusal(
  code: RefusalCode,
  own: OperationDefinition['details'] = {},
): DocumentedRefusal {
  const { sentence, status, as }: RefusalWords = REFUSALS[code]
  const detail = own[code] ?? EXAMPLE_DETAILS[code] ?? sentence
  return { status, code, example: { detail, code: as ?? code } }
}
