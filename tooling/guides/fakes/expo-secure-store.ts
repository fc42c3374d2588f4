// As strict as the real store: https://docs.expo.dev/versions/latest/sdk/securestore/
const items = new Map<string, string>()
const MAX_BYTES = 2048

function requireName(key: string): void {
  if (!/^[\w.-]+$/.test(key)) throw new Error(`Invalid key: ${key}`)
}

export async function getItemAsync(key: string): Promise<string | null> {
  requireName(key)
  return items.get(key) ?? null
}

export async function setItemAsync(key: string, value: string): Promise<void> {
  requireName(key)
  if (Buffer.byteLength(value) > MAX_BYTES) throw new Error('The value is larger than 2048 bytes.')
  items.set(key, value)
}

export async function deleteItemAsync(key: string): Promise<void> {
  requireName(key)
  items.delete(key)
}
