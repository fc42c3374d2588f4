import type { AsyncLocalStorage } from 'node:async_hooks'
import { type Context, ROOT_CONTEXT, type Span, type Tracer, trace } from '@opentelemetry/api'

/** What makes spans: the tracer, and the span whose work the present code does. */
export interface SpanParts {
  tracer: Tracer
  present: AsyncLocalStorage<Span>
}

/** The context of a child of a span. */
export function below(parent: Span): Context {
  return trace.setSpan(ROOT_CONTEXT, parent)
}
