const DATABASE = 'latchkey'
const ITEMS = 'items'

/** Answers whether this place has a database that all pages of the origin share. */
export function hasDatabase(): boolean {
  return typeof indexedDB === 'object' && indexedDB !== null
}

/**
 * Changes an item of IndexedDB in one transaction, so that two tabs never decide by the same item.
 *
 * @param decide - gets the item, or undefined; what it returns is kept, and undefined removes the item
 * @returns what `decide` returned, once the browser has stored it
 */
export async function changeItem<Item, Kept extends Item | undefined>(
  name: string,
  decide: (found: Item | undefined) => Kept,
): Promise<Kept> {
  const database = await open()
  try {
    return await change(database, name, decide)
  } finally {
    database.close()
  }
}

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1)
    request.onupgradeneeded = () => request.result.createObjectStore(ITEMS)
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}

function change<Item, Kept extends Item | undefined>(
  database: IDBDatabase,
  name: string,
  decide: (found: Item | undefined) => Kept,
): Promise<Kept> {
  return new Promise((resolve, reject) => {
    // A key that a loss of power takes away would lose its session.
    const transaction = database.transaction(ITEMS, 'readwrite', { durability: 'strict' })
    const items = transaction.objectStore(ITEMS)
    const request: IDBRequest<Item | undefined> = items.get(name)
    let kept: Kept
    request.onsuccess = () => {
      try {
        kept = decide(request.result)
        if (kept === undefined) items.delete(name)
        else if (kept !== request.result) items.put(kept, name)
      } catch (error) {
        // Some private windows store no keys.
        reject(error)
        transaction.abort()
      }
    }
    transaction.oncomplete = () => resolve(kept)
    transaction.onabort = () => reject(transaction.error)
  })
}
