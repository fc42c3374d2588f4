import type { Page } from 'playwright-core'

/** A private key in IndexedDB, as a script of the origin sees it. */
export interface FoundKey {
  algorithm: string
  /** What came of every try to export it. */
  exported: 'refused' | 'taken'
  /** Whether the script can sign with it. */
  signs: boolean
}

/** Looks through all of IndexedDB for private keys, and tries to take them; runs in a page or a worker. */
async function search(): Promise<FoundKey[]> {
  const settle = <T>(request: IDBRequest<T>) =>
    new Promise<T>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(request.error)
    })
  const collect = (value: unknown): CryptoKey[] => {
    if (value instanceof CryptoKey) return value.type === 'private' ? [value] : []
    return typeof value === 'object' && value !== null ? Object.values(value).flatMap(collect) : []
  }
  const found: FoundKey[] = []
  for (const { name } of await indexedDB.databases()) {
    const database = await settle(indexedDB.open(String(name)))
    for (const store of database.objectStoreNames) {
      const values = await settle(database.transaction(store).objectStore(store).getAll())
      for (const key of collect(values)) {
        const formats = ['pkcs8', 'jwk', 'raw'] as const
        const tries = formats.map((format) => crypto.subtle.exportKey(format as 'pkcs8', key))
        const isTaken = (await Promise.allSettled(tries)).some(({ status }) => status === 'fulfilled')
        const { name, namedCurve } = key.algorithm as EcKeyAlgorithm
        const signature = await crypto.subtle.sign({ name, hash: 'SHA-256' }, key, new Uint8Array(8))
        found.push({
          algorithm: `${name} ${namedCurve}`,
          exported: isTaken ? 'taken' : 'refused',
          signs: signature.byteLength === 64,
        })
      }
    }
    database.close()
  }
  return found
}

/** Finds the private keys that a page, or a worker of it, can reach. */
export function findKeys(page: Page, where: 'page' | 'worker'): Promise<FoundKey[]> {
  if (where === 'page') return page.evaluate(search)
  return page.evaluate(async (source) => {
    const script = `(${source})().then((found) => postMessage(found), (error) => postMessage(String(error)))`
    const worker = new Worker(URL.createObjectURL(new Blob([script])))
    const { data } = await new Promise<MessageEvent>((resolve) => {
      worker.onmessage = resolve
    })
    worker.terminate()
    return data
  }, search.toString())
}

/** Copies all of `localStorage`. */
export function readStorage(page: Page): Promise<[string, string][]> {
  return page.evaluate(() => Object.entries({ ...localStorage }) as [string, string][])
}

/** Puts a copy back in the place of all of `localStorage`. */
export function writeStorage(page: Page, items: [string, string][]): Promise<void> {
  return page.evaluate((items) => {
    localStorage.clear()
    for (const [key, value] of items) localStorage.setItem(key, value)
  }, items)
}
