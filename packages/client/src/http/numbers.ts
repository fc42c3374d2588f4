// The numbers by which the client waits and repeats. They are in one module, because a bundler puts an imported number
// in the place of its name.

/** A timer that fires this much too late was frozen with its page. */
export const FROZEN_MILLISECONDS = 1_000

/** After a page was frozen, answers that came meanwhile reach the program within this time. */
export const READING_MILLISECONDS = 2_000

/** A timer with a longer time fires at once. */
export const LONGEST_TIMER_MILLISECONDS = 2_147_483_647

/** The last part of an access token's lifetime, in which it is refreshed before it expires. */
export const MARGIN_SHARE = 0.2

/** The longest of these parts. */
export const MAX_MARGIN_MILLISECONDS = 60_000

/** A token requested this far in the future shows that the local clock was set back. */
export const CLOCK_STEP_MILLISECONDS = 5_000

/** The share of the server's grace in which a refresh is repeated; beyond the grace a repetition looks like theft. */
export const WINDOW_SHARE = 5 / 6

/** The time in which a refresh with a proof or a key is repeated, and after which a request with a proof is cut off. */
export const REPEATABLE_MILLISECONDS = 25_000

/** The share of the grace after which an answer counts as lost and is requested again. */
export const ATTEMPT_SHARE = 0.1

/** The longest of these times, and the time to wait for the only request where the server has no grace. */
export const MAX_ATTEMPT_MILLISECONDS = 10_000

/** A late answer may bring an access token that has expired already; after this many the last one is used. */
export const MAX_STALE_ANSWERS = 3

/** The requests of one refresh. */
export const MAX_ATTEMPTS = 50

/** The pause before the second request of a refresh; each later one is twice as long. */
export const FIRST_PAUSE_MILLISECONDS = 250

/** The longest of these pauses. */
export const LONGEST_PAUSE_MILLISECONDS = 2_000

/** No proxy holds back the refreshes of a client for longer. */
export const MAX_RETRY_AFTER_MILLISECONDS = 300_000

/** A service that refused a renewed token too is believed for this long: its 401s have another cause. */
export const OWN_REFUSALS_MILLISECONDS = 60_000

/** The pause between two looks at a running handover. */
export const POLL_MILLISECONDS = 100

/** A call in a tab that was frozen ends this much later than its timeout. */
export const LATE_CALL_MILLISECONDS = 3_000

/** The longest time for which other tabs wait, also where a call may take longer. */
export const MAX_CALL_MILLISECONDS = 60_000

/** The proofs are in a file that is loaded on demand. A sign-in waits this long for it. */
export const LOADING_MILLISECONDS = 3_000

/** A sign-in waits for this long: a page that is left after the sign-in aborts its requests. */
export const FORMER_SESSION_MILLISECONDS = 3_000
