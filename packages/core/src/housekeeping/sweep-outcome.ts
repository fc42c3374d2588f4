/** What one turn of a sweep came to. */
export interface SweepOutcome {
  name: string
  examined: number
  purged: number
  /**
   * - `complete`: the end was reached.
   * - `paused`: the share is done, or the process ends. The next turn goes on.
   * - `failed`: it goes on with the next round, which is soon.
   * - `taken over`: another process has the lease.
   */
  end: 'complete' | 'paused' | 'failed' | 'taken over'
  fault: unknown
}
