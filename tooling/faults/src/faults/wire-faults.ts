import type { Random } from '../random.ts'
import type { RelayMood } from '../world/relay.ts'
import type { Wire } from '../world/wire.ts'
import type { World } from '../world/world.ts'
import { type FaultKind, isOver } from './fault-kind.ts'

const SLOW_MILLISECONDS = 60

type Find = (world: World, random: Random) => { target: string; wires: Wire[] }

/** What happens to the ways between the parts, and to the services at their ends. */
export const WIRE_FAULTS: FaultKind[] = [
  cut('database_cut', findDatabase),
  silenced('database_silent', findDatabase),
  refused('database_refused', findDatabase),
  slowed('database_slow', findDatabase),
  cut('clients_cut', findClients),
  silenced('clients_silent', findClients),
  slowed('clients_slow', findClients),
  answerless('answers_lost', findClients),
  silenced('redis_silent', findRedis),
  refused('redis_refused', findRedis),
  {
    name: 'redis_killed',
    begin: async ({ redis }) => {
      await redis.kill()
      return { target: 'redis', end: () => redis.restart() }
    },
  },
  refused('relay_refused', findRelay),
  silenced('relay_silent', findRelay),
  moody('relay_stalls', 'stalls'),
  moody('relay_refuses', 'refuses'),
  moody('relay_hangs_up', 'hangs up'),
]

/** The way of one server, or that of all. */
function findDatabase({ wires, servers }: World, random: Random) {
  const index = random.int(0, servers.length)
  const wire = wires.database[index]
  return wire
    ? { target: `database of ${servers[index]?.name}`, wires: [wire] }
    : { target: 'database of every server', wires: wires.database }
}

function findClients({ wires }: World) {
  return { target: 'clients', wires: [wires.clients] }
}

function findRedis({ wires }: World) {
  return { target: 'redis', wires: [wires.redis] }
}

function findRelay({ wires }: World) {
  return { target: 'relay', wires: [wires.relay] }
}

function cut(name: string, find: Find): FaultKind {
  return {
    name,
    begin: async (world, random) => {
      const { target, wires } = find(world, random)
      for (const wire of wires) wire.cut()
      return isOver(target)
    },
  }
}

function standing(name: string, find: Find, set: (wire: Wire, isOn: boolean) => unknown): FaultKind {
  return {
    name,
    begin: async (world, random) => {
      const { target, wires } = find(world, random)
      const setAll = async (isOn: boolean) => void (await Promise.all(wires.map((wire) => set(wire, isOn))))
      await setAll(true)
      return { target, end: () => setAll(false) }
    },
  }
}

function silenced(name: string, find: Find): FaultKind {
  return standing(name, find, (wire, isOn) => wire.silence(isOn))
}

function refused(name: string, find: Find): FaultKind {
  return standing(name, find, (wire, isOn) => wire.refuse(isOn))
}

function slowed(name: string, find: Find): FaultKind {
  return standing(name, find, (wire, isOn) => {
    wire.delayMilliseconds = isOn ? SLOW_MILLISECONDS : 0
  })
}

/** Every call is done, and nobody hears of it: the retry of a refresh comes with a token that is replaced already. */
function answerless(name: string, find: Find): FaultKind {
  return standing(name, find, (wire, isOn) => {
    wire.losesAnswers = isOn
  })
}

function moody(name: string, mood: RelayMood): FaultKind {
  return {
    name,
    begin: async ({ relay }) => {
      relay.mood = mood
      const end = async () => {
        relay.mood = 'takes'
      }
      return { target: 'relay', end }
    },
  }
}
