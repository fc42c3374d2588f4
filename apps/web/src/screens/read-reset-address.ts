/** The proof of a reset link, as the address of the screen has it. */
export interface ResetProof {
  /** The secret of the link. A mail template of the operator may pass it. */
  token?: string
  /** The mark of the link. The server adds it, and refuses the form when another link was opened since then. */
  link?: string
}

/** What the address of the screen says about the reset link. */
export interface ResetAddress {
  proof: ResetProof
  /** The masked address of the account, which the server adds; null without one. */
  account: string | null
}

const MAX_LENGTH = 120
/** A masked address. A page that links here cannot put a sentence of its own into the screen. */
const MASKED = /^[^\s@]{0,16}…[^\s@]{0,16}@[^\s@]{0,16}…[^\s@]*$/u

/** Reads the part of the address after `#`, which browsers send to no server. */
export function readResetAddress(hash: string): ResetAddress {
  const given = new URLSearchParams(hash.slice(1))
  const token = given.get('token')
  const link = given.get('link')
  const account = given.get('account') ?? ''
  const isMasked = account.length <= MAX_LENGTH && MASKED.test(account)
  return { proof: { ...(token && { token }), ...(link && { link }) }, account: isMasked ? account : null }
}
