/** The password of the last sign-up or sign-in that waits for its mail. It is never stored, and a reload forgets it. */
let held: { email: string; password: string } | null = null

/** Holds a password until the user signs in or the page is left, for a mail that is asked for again. */
export function holdPassword(email: string, password: string): void {
  held = { email: normalize(email), password }
}

/** Returns the password that was last given with an address; undefined for any other address. */
export function findHeldPassword(email: string): string | undefined {
  return held?.email === normalize(email) ? held.password : undefined
}

/** Forgets the password. */
export function dropPassword(): void {
  held = null
}

function normalize(email: string): string {
  return email.trim().toLowerCase()
}
