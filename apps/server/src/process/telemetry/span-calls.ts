import {
  type Context,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  TraceFlags,
  trace,
} from '@opentelemetry/api'
import type { CallSpan, Telemetry } from '../../doors/telemetry/telemetry.ts'
import type { TraceParent } from '../../doors/telemetry/trace-parent.ts'
import { below, type SpanParts } from './present-span.ts'

/** The lowest status that is a fault of the server. */
const FIRST_FAULT = 500

/** Makes the function that surrounds a call by a span. A call of a batch is a child of the span of the batch. */
export function createCallSpans({ tracer, present }: SpanParts): Telemetry['span'] {
  return async ({ name, door, parent }, work) => {
    const batch = present.getStore()
    const kind = batch ? SpanKind.INTERNAL : SpanKind.SERVER
    const context = batch ? below(batch) : findContext(parent)
    const span = tracer.startSpan(name, { kind, attributes: { 'latchkey.door': door } }, context)
    try {
      return await present.run(span, () => work(describeSpan(span)))
    } finally {
      span.end()
    }
  }
}

/** A call that the sampler left out gets no id: nobody would find its trace. */
function describeSpan(span: Span): CallSpan | null {
  if (!span.isRecording()) return null
  return {
    traceId: span.spanContext().traceId,
    end: ({ status, code }) => {
      span.setAttributes({ 'http.response.status_code': status, 'latchkey.code': code })
      if (status >= FIRST_FAULT) span.setStatus({ code: SpanStatusCode.ERROR })
    },
  }
}

function findContext(parent: TraceParent | null): Context {
  if (parent === null) return ROOT_CONTEXT
  const { traceId, spanId, isSampled } = parent
  const traceFlags = isSampled ? TraceFlags.SAMPLED : TraceFlags.NONE
  return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags, isRemote: true })
}
