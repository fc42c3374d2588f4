/** What the address of the screen says about the reset link. */
export interface ResetProof {
  /** The secret of the link. A mail template of the operator may pass it. */
  token?: string
  /** The mark of the link. The server adds it, and refuses the form when another link was opened since then. */
  link?: string
}

/** Reads the part of the address after `#`, which browsers send to no server. */
export function readProof(hash: string): ResetProof {
  const given = new URLSearchParams(hash.slice(1))
  const token = given.get('token')
  const link = given.get('link')
  return { ...(token && { token }), ...(link && { link }) }
}
