import { memoryStorage, type TokenStorage } from './storage.ts'

const LOOK_MILLISECONDS = 100
/** A call ends a little later than its time where its tab was frozen. */
const WAKING_MILLISECONDS = 3_000

/** A call under way whose answer replaces the tokens. */
export interface Handover {
  /** Whether it is certain that nobody signed out since it began, in whatever tab. */
  stands(): Promise<boolean>
  end(): Promise<void>
}

/** Such calls in all tabs: the server refuses the former tokens before the others are here. */
export interface Handovers {
  begin(): Promise<Handover>
  /** Waits until none is under way, or it takes longer than it may. */
  settled(): Promise<void>
  /** Lets none of them stand: somebody signs out. */
  cancel(): Promise<void>
}

/**
 * Keeps a note beside the session while such a call is under way, where other tabs see it.
 *
 * A sign-out takes the note away, a refused refresh leaves it: so an answer that finds no session knows why.
 *
 * @param timeoutMilliseconds - how long a call may take
 */
export function createHandovers(storage: TokenStorage, key: string, timeoutMilliseconds: number): Handovers {
  const name = `${key}.handover`
  // What no other tab sees needs no second item.
  const notes = storage.subscribe ? storage : memoryStorage()
  const limit = timeoutMilliseconds + WAKING_MILLISECONDS
  let own = 0

  // A storage that refuses shows no note, and nothing stands.
  const read = async () => (await attempt(() => notes.getItem(name))) ?? ''
  const cancel = () => attempt(() => notes.removeItem(name))

  async function begin(): Promise<Handover> {
    const note = `${Date.now() + limit} ${Math.random()}`
    own++
    await attempt(() => notes.setItem(name, note))
    const stands = async () => (await read()) === note
    const end = async () => {
      own--
      if (await stands()) await cancel()
    }
    return { stands, end }
  }

  async function settled(): Promise<void> {
    const isUnderWay = async () => own > 0 || Number.parseInt(await read(), 10) > Date.now()
    for (let waited = 0; waited < limit && (await isUnderWay()); waited += LOOK_MILLISECONDS)
      await new Promise((resolve) => setTimeout(resolve, LOOK_MILLISECONDS))
  }

  return { begin, settled, cancel }
}

async function attempt<T>(act: () => T | Promise<T>): Promise<T | undefined> {
  try {
    return await act()
  } catch {
    return undefined
  }
}
