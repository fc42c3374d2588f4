import { findSqlState, type StepKind, type Watch } from '@latchkey/core'
import { ROOT_CONTEXT, type Span, SpanKind, SpanStatusCode } from '@opentelemetry/api'
import { below, type SpanParts } from './present-span.ts'

const KINDS: Record<StepKind, SpanKind> = {
  statement: SpanKind.CLIENT,
  transaction: SpanKind.INTERNAL,
  hash: SpanKind.INTERNAL,
  mail: SpanKind.CONSUMER,
}

/** The steps that are worth a trace when they belong to no call. Polls of the queue and the housekeeping are not. */
const ROOTS: ReadonlySet<StepKind> = new Set(['mail'])

/** Makes the function that surrounds a step by a span. */
export function createStepSpans({ tracer, present }: SpanParts): Watch['step'] {
  return async (kind, name, work) => {
    const parent = present.getStore()
    if (!parent && !ROOTS.has(kind)) return work()
    // A call that the sampler left out has no children.
    if (parent && !parent.isRecording()) return work()
    const span = tracer.startSpan(
      name(),
      { kind: KINDS[kind], attributes: describeStep(kind, name) },
      parent ? below(parent) : ROOT_CONTEXT,
    )
    try {
      return await present.run(span, work)
    } catch (error) {
      noteFault(span, error)
      throw error
    } finally {
      span.end()
    }
  }
}

function describeStep(kind: StepKind, name: () => string): Record<string, string> {
  if (kind !== 'statement') return { 'latchkey.step': kind }
  return { 'latchkey.step': kind, 'db.system.name': 'postgresql', 'db.query.summary': name() }
}

/** The message of an error may quote values, so a span has only its kind. */
function noteFault(span: Span, error: unknown): void {
  span.setStatus({ code: SpanStatusCode.ERROR })
  span.setAttribute('error.type', findSqlState(error) ?? (error instanceof Error ? error.name : 'unknown'))
}
