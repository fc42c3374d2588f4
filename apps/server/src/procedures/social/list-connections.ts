import { operations } from '@latchkey/contract'
import { listConnections } from '@latchkey/core/operations/social/list-connections'
import { implement } from '../../doors/trpc/implement.ts'

export const listConnectionsProcedure = implement(operations.listConnections, async ({ core, identity }) => {
  const connections = await listConnections(core, { identity })
  return connections.map(({ createdAt: dateJoined, ...connection }) => ({ ...connection, dateJoined }))
})
