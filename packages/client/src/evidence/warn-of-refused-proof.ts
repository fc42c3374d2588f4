declare const process: { env: Record<string, string | undefined> }

/** Warns a developer that the server refuses proofs at the URL of the client. Bundlers leave it out of what is published. */
export function warnOfRefusedProof(baseUrl: string): void {
  try {
    if (process.env.NODE_ENV === 'production') return
  } catch {
    if (!/localhost$|^127\.|^\[::1]/.test(globalThis.location?.hostname)) return
  }
  console.warn(
    `Latchkey: the session is not bound to this device, because the server knows no ${baseUrl}. Add it to DPOP_BASE_URLS.`,
  )
}
