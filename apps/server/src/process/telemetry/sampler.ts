import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  ParentBasedSampler,
  type Sampler as SdkSampler,
  TraceIdRatioBasedSampler,
} from '@opentelemetry/sdk-trace'
import type { Sampler, TraceSettings } from '../config/traces.ts'

const SAMPLERS: Record<Sampler, (share: number) => SdkSampler> = {
  always_on: () => new AlwaysOnSampler(),
  always_off: () => new AlwaysOffSampler(),
  traceidratio: (share) => new TraceIdRatioBasedSampler(share),
  parentbased_always_on: () => new ParentBasedSampler({ root: new AlwaysOnSampler() }),
  parentbased_always_off: () => new ParentBasedSampler({ root: new AlwaysOffSampler() }),
  parentbased_traceidratio: (share) => new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(share) }),
}

/** Makes the sampler of `OTEL_TRACES_SAMPLER`. */
export function createSampler({ sampler, share }: Pick<TraceSettings, 'sampler' | 'share'>): SdkSampler {
  return SAMPLERS[sampler](share)
}
