import { REFUSALS, type RefusalCode } from '@latchkey/core'
import { TRANSPORT } from '../errors.ts'
import type { Access } from '../meta.ts'
import type { Endpoint } from '../rest/endpoints.ts'

/** A refusal as the document shows it. */
export interface DocumentedRefusal {
  status: number
  code: RefusalCode
  /** The body, word for word. */
  example: { detail: string; code: string; messages?: unknown[] }
}

const BODY_REFUSALS: RefusalCode[] = ['parse_error', 'request_too_large', 'unsupported_media_type']
const EVERYWHERE: RefusalCode[] = ['throttled', 'error', 'unavailable']
const BEARER_REFUSALS: RefusalCode[] = [
  'not_authenticated',
  'bad_authorization_header',
  'user_not_found',
  'user_inactive',
]

/** Sentences that name what was sent. */
const EXAMPLE_DETAILS: Partial<Record<RefusalCode, string>> = {
  throttled: 'Request was throttled. Expected available in 42 seconds.',
  unsupported_media_type: 'Unsupported media type "text/plain" in request.',
}

/** Lists what an operation may refuse, beside its field errors: its own refusals and those of its kind. */
export function listRefusals(endpoint: Endpoint): DocumentedRefusal[] {
  const { meta } = endpoint
  const own = [
    ...(meta.refusals ?? []),
    ...(meta.access === 'cookie' ? (['csrf_failed'] as const) : []),
    ...(takesBody(endpoint) ? BODY_REFUSALS : []),
    ...EVERYWHERE,
  ]
  return [...listBearerRefusals(meta.access), ...own.map(documentRefusal)]
}

/** Answers whether requests of this operation have a body. */
export function takesBody(endpoint: Endpoint): boolean {
  return endpoint.method !== 'GET' && endpoint.method !== 'DELETE'
}

function listBearerRefusals(access: Access | undefined): DocumentedRefusal[] {
  if (access === 'anonymous' || access === 'cookie') return []
  const message = access === 'logout' ? 'Token is invalid' : 'Token is expired'
  const example = {
    detail: 'Given token not valid for any token type',
    code: 'token_not_valid',
    messages: [{ token_class: 'AccessToken', token_type: 'access', message }],
  }
  const role: RefusalCode[] = access === 'staff' || access === 'superuser' ? ['permission_denied'] : []
  const refusals = [...BEARER_REFUSALS, ...role].map(documentRefusal)
  return [...refusals, { status: 401, code: 'token_not_valid', example }]
}

function documentRefusal(code: RefusalCode): DocumentedRefusal {
  const transport: { status: number; as?: RefusalCode } = TRANSPORT[code]
  const detail = EXAMPLE_DETAILS[code] ?? REFUSALS[code]
  return { status: transport.status, code, example: { detail, code: transport.as ?? code } }
}
