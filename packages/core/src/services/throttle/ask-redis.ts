const TIMEOUT_MILLISECONDS = 2000

/**
 * Asks a Redis or Valkey for a word of life, once.
 *
 * @param url - `redis://` or `rediss://`
 * @throws what the connection or the server said
 */
export async function askRedis(url: string): Promise<void> {
  const { default: ioredis } = await import('ioredis')
  const client = new ioredis.Redis(url, {
    lazyConnect: true,
    maxRetriesPerRequest: 0,
    commandTimeout: TIMEOUT_MILLISECONDS,
    connectTimeout: TIMEOUT_MILLISECONDS,
    retryStrategy: () => null,
  })
  let heard: Error | null = null
  // The promise says only that the connection is closed. The event has the reason.
  client.on('error', (error) => {
    heard ??= error
  })
  try {
    await client.connect()
    await client.ping()
  } catch (error) {
    throw heard ?? error
  } finally {
    client.disconnect()
  }
}
