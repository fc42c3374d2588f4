let leaving = 0

/** Does what ends the session because the person wants it to, so that nobody reports the end as a surprise. */
export async function leave<T>(work: () => Promise<T>): Promise<T> {
  leaving++
  try {
    return await work()
  } finally {
    leaving--
  }
}

/** Whether the person is on the way out. */
export function isLeaving(): boolean {
  return leaving > 0
}
