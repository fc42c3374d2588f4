import { availableParallelism, loadavg } from 'node:os'

/** Programs that wait for each processor. With more, a part of the run may get no processor for seconds. */
const MOST_WAITING = 2

/** Answers whether this machine has far more to do than its processors can. */
export function isMachineBusy(): boolean {
  return (loadavg()[0] ?? 0) / availableParallelism() > MOST_WAITING
}
