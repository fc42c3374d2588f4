import type { Theft } from '../people/thief.ts'
import type { World } from '../world/world.ts'

/** Finds the stolen sessions that still exist. */
export async function findLivingThefts(world: World, thefts: Theft[]): Promise<Theft[]> {
  if (thefts.length === 0) return []
  const ids = thefts.map(({ sessionId }) => sessionId)
  const living = await world.cluster.ask(
    async (sql) => sql`select id::text from sessions where id = any(${ids}::uuid[])`,
  )
  return thefts.filter(({ sessionId }) => living.some((row) => row.id === sessionId))
}
