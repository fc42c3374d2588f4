import type { ContractSettings } from '@latchkey/contract'
import type { AnyTRPCProcedure } from '@trpc/server'
import type { Implementation, ProcedureOf } from './implement.ts'

type Implementations = Record<string, Implementation>

type ByPath<All extends Implementations> = {
  [Name in keyof All as All[Name]['definition']['procedure']]: ProcedureOf<All[Name]['definition']>
}

type FirstWord<Path> = Path extends `${infer Word}.${string}` ? Word : Path

type Below<Flat, Word extends string> = {
  [Path in keyof Flat as Path extends `${Word}.${infer Rest}` ? Rest : never]: Flat[Path]
}

/** Procedures by dotted paths, in the nested records that tRPC takes: `staff.users.list` has three levels. */
export type Nested<Flat> = {
  [Word in FirstWord<keyof Flat> & string]: Word extends keyof Flat ? Flat[Word] : Nested<Below<Flat, Word>>
}

interface Tree {
  [word: string]: Tree | AnyTRPCProcedure
}

/** Makes the procedures of all implementations. Each is put at its path, in the order of `all`. */
export function nestProcedures<All extends Implementations>(
  all: All,
  settings: ContractSettings,
): Nested<ByPath<All>> {
  const tree: Tree = {}
  for (const { definition, create } of Object.values(all)) {
    const words = definition.procedure.split('.')
    const last = words.pop() ?? ''
    let place = tree
    for (const word of words) {
      place[word] ??= {}
      place = place[word] as Tree
    }
    place[last] = create(settings) as AnyTRPCProcedure
  }
  return tree as Nested<ByPath<All>>
}
