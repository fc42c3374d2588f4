import type { z } from 'zod'
import { detailOf, detailWithTokens, nothing, tokens, withTokens } from './answers.ts'
import type {
  Access,
  FurtherMethod,
  OperationDefinition,
  PerSettings,
  RefreshCookieUse,
  SuccessStatus,
} from './define-operation.ts'
import { fields } from './fields.ts'
import type { RefusalCode } from './refusals.ts'
import type { ContractSettings } from './settings.ts'
import { withUnfinished } from './unfinished-sign-in.ts'

/** An operation of one server: {@link OperationDefinition} with every setting applied. */
export interface ResolvedOperation
  extends Omit<
    OperationDefinition,
    | 'description'
    | 'refreshCookie'
    | 'status'
    | 'also'
    | 'unreachable'
    | 'input'
    | 'sentence'
    | 'unfinishedSentence'
    | 'output'
    | 'refusals'
  > {
  description: string | undefined
  kind: 'query' | 'mutation'
  refreshCookie: RefreshCookieUse | undefined
  /** Whether the cookie alone gives the refresh token. No body is then read. */
  cookieDecides: boolean
  /** Whether its answer has tokens. */
  givesTokens: boolean
  /** What a DPoP proof does: it binds the session that is opened, or proves the key of the one that is refreshed. */
  proofUse: 'binds' | 'refreshes' | undefined
  /** Whether the definition has the fields of the answer. */
  definesAnswer: boolean
  status: SuccessStatus
  also: readonly FurtherMethod[]
  unreachable: boolean
  changesUser: boolean
  /** The fields of its input, by name. */
  shape: z.ZodRawShape
  input: z.ZodType
  sentence: string | undefined
  unfinishedSentence: string | undefined
  output: z.ZodType
  refusals: readonly RefusalCode[]
}

/** Who has no session, or not always. */
const OPENING: readonly Access[] = ['anonymous', 'cookie', 'setup']
const GIVING_TOKENS: readonly (RefreshCookieUse | undefined)[] = ['sets', 'may set', 'exchanges']

/** Applies the settings of a server to an operation. */
export function resolveOperation(
  definition: OperationDefinition,
  settings: ContractSettings,
): ResolvedOperation {
  const refreshCookie = resolve(definition.refreshCookie, settings)
  const sentence = resolve(definition.sentence, settings)
  const unfinishedSentence = sentence ?? resolve(definition.unfinishedSentence, settings)
  const shape = definition.input?.(settings) ?? {}
  const givesTokens = GIVING_TOKENS.includes(refreshCookie)
  const takesRefresh = refreshCookie === 'exchanges' || definition.access === 'logout'
  const tellsNothing = !(definition.output || sentence || givesTokens)
  const { cookieMode } = settings
  const kind = definition.method === 'GET' && definition.page !== 'link' ? 'query' : 'mutation'
  const isAboutUser = definition.tag === 'User' || definition.page === 'link'
  return {
    ...definition,
    description: resolve(definition.description, settings),
    kind,
    refreshCookie,
    cookieDecides: cookieMode && takesRefresh,
    givesTokens,
    proofUse: givesTokens ? findProofUse(definition, refreshCookie) : undefined,
    definesAnswer: definition.output !== undefined,
    status: resolve(definition.status, settings) ?? (tellsNothing ? 204 : 200),
    also: resolve(definition.also, settings) ?? [],
    unreachable: resolve(definition.unreachable, settings) ?? false,
    changesUser: definition.changesUser ?? (kind === 'mutation' && isAboutUser),
    shape,
    // Without fields it is still an object, so that a list is refused here too.
    input: definition.input ? fields(shape) : fields({}).optional(),
    sentence,
    unfinishedSentence,
    output: describeAnswer(definition, { sentence, givesTokens, cookieMode }),
    refusals: resolve(definition.refusals, settings) ?? [],
  }
}

/** Tokens for a caller without a session are those of a new one. In a session they are those of a successor, which has its key. */
function findProofUse(
  { access }: OperationDefinition,
  refreshCookie: RefreshCookieUse | undefined,
): ResolvedOperation['proofUse'] {
  if (refreshCookie === 'exchanges') return 'refreshes'
  return OPENING.includes(access) ? 'binds' : undefined
}

function resolve<Value>(
  value: PerSettings<Value> | undefined,
  settings: ContractSettings,
): Value | undefined {
  return typeof value === 'function' ? (value as (given: ContractSettings) => Value)(settings) : value
}

function describeAnswer(
  { asksFactor, output }: OperationDefinition,
  answer: Pick<ResolvedOperation, 'sentence' | 'givesTokens'> & { cookieMode: boolean },
): z.ZodType {
  const { sentence, givesTokens, cookieMode } = answer
  if (output) return givesTokens ? withTokens(output as z.ZodObject, cookieMode) : output
  if (!givesTokens) return sentence === undefined ? nothing : detailOf(sentence)
  const complete: z.ZodType =
    sentence === undefined ? tokens(cookieMode) : detailWithTokens(sentence, cookieMode)
  return asksFactor ? withUnfinished(complete) : complete
}
