/** Reads all batches of a source into one list. */
export async function collectBatches<Item>(batches: AsyncIterable<Item[]>): Promise<Item[]> {
  const all: Item[] = []
  for await (const batch of batches) all.push(...batch)
  return all
}
