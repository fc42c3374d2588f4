/** What became of each refresh token that a client has presented. */
export interface RefreshLog {
  /** Notes that a token is presented. The returned function takes the status of the answer, 0 for none. */
  begin(token: string): (status: number) => void
  /**
   * Answers whether the last refusal follows from a lost answer: an earlier request with the same token had no answer,
   * and the grace may have ended before the server looked at the refused one.
   */
  isLateRetry(graceMilliseconds: number): boolean
  /** The last attempts in words, for a finding: no token, only which attempts presented the same one. */
  tell(): string
}

interface Attempt {
  token: string
  from: number
  /** Infinity while no answer came. */
  to: number
  status: number | null
}

/** The attempts that are remembered. A client presents one token a few times, and then another one. */
const REMEMBERED = 60

const TOLD = 6

function describe({ token, from, to, status }: Attempt): string {
  const end = status === null ? 'open' : `${status || 'no answer'} at ${Math.round(to)}`
  return `…${token.slice(-5)} at ${Math.round(from)} ms: ${end}`
}

/** Creates an empty log. */
export function createRefreshLog(): RefreshLog {
  const attempts: Attempt[] = []
  const findRefused = () => attempts.findLast(({ status }) => status === 401)
  return {
    begin: (token) => {
      const attempt: Attempt = { token, from: performance.now(), to: Infinity, status: null }
      attempts.push(attempt)
      if (attempts.length > REMEMBERED) attempts.shift()
      return (status) => {
        attempt.status = status
        attempt.to = performance.now()
      }
    },
    tell: () => attempts.slice(-TOLD).map(describe).join('; '),
    isLateRetry: (graceMilliseconds) => {
      const refused = findRefused()
      return attempts.some(
        ({ token, status, from }) =>
          token === refused?.token &&
          status !== 200 &&
          refused.to - from > graceMilliseconds &&
          from < refused.from,
      )
    },
  }
}
