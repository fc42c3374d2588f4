import { describeProviders, type ProviderStandIn } from '@latchkey/testkit'
import pino from 'pino'
import { createClock } from '../../database/clock.ts'
import { createProviders } from './create-providers.ts'
import type { ProviderOptions } from './provider-settings.ts'

/** The providers of a test over stand-ins, with the clock that it steps and the lines of their log. */
export function openStandIns(standIn: Pick<ProviderStandIn, 'fetch'>, providers?: ProviderOptions[]) {
  const shift = { seconds: 0 }
  const logLines: string[] = []
  const log = pino({ level: 'trace' }, { write: (line: string) => logLines.push(line) })
  const settings = { ...describeProviders(), ...(providers && { providers }) }
  const ofCall = createProviders(settings, { clock: createClock(shift), fetch: standIn.fetch })
  return { providers: ofCall(log), clock: shift, logLines }
}
