import { readCpuSeconds } from '../processes.ts'
import type { Contender } from './contender.ts'
import { type Cluster, listBackends } from './databases.ts'
import type { FigureRound, Operation, Size } from './figures.ts'

/** One operation of one contender. */
interface Cell {
  contender: Contender
  operation: Operation
}

/**
 * Measures every operation of every contender in turn, and all of it again in each round.
 *
 * The rounds of one operation stand side by side, so that a slow moment of the machine slows all contenders. Each round
 * begins with another contender.
 */
export async function measureRounds(
  cluster: Cluster,
  contenders: Contender[],
  size: Size,
): Promise<FigureRound[]> {
  const operations = [...new Set(contenders.flatMap((contender) => contender.operations))]
  const rows = operations.map((operation) =>
    contenders
      .filter((contender) => contender.operations.includes(operation))
      .map((contender) => ({ contender, operation })),
  )
  if (size.warmUpSeconds > 0)
    for (const { contender, operation } of rows.flat())
      await contender.run(operation, { clients: size.clients, seconds: size.warmUpSeconds })
  const rounds: FigureRound[] = []
  const backends = await listBackends(cluster)
  for (let round = 0; round < size.rounds; round++) {
    for (const cells of rows) {
      const turn = round % cells.length
      for (const cell of [...cells.slice(turn), ...cells.slice(0, turn)])
        rounds.push(await measureCell(cell, backends, size))
    }
  }
  return rounds
}

async function measureCell(
  { contender, operation }: Cell,
  backends: number[],
  { clients, seconds }: Size,
): Promise<FigureRound> {
  const groups = [[contender.workerPid], contender.server ? [contender.server.pid] : [], backends]
  const before = await Promise.all(groups.map(readCpuSeconds))
  const started = performance.now()
  const measurement = await contender.run(operation, { clients, seconds })
  const after = await Promise.all(groups.map(readCpuSeconds))
  const elapsed = (performance.now() - started) / 1000
  const [worker = 0, server = 0, postgres = 0] = after.map((used, i) => (used - (before[i] ?? 0)) / elapsed)
  const name = `${operation}, ${contender.name}`
  return {
    ...measurement,
    name,
    operation,
    contender: contender.name,
    clients,
    cpu: { worker, server, postgres },
  }
}
