/**
 * Finds the circles of a graph: its strongly connected components of two nodes or more.
 *
 * @param graph - nodes by name, each with the targets of its arrows
 * @see Tarjan, Depth-first search and linear graph algorithms (1972)
 */
export function findCircles(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  return findComponents(graph).filter((component) => component.length > 1)
}

/** Finds the strongly connected components. A component comes after the targets of its arrows. */
export function findComponents(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const order = new Map<string, number>()
  const lowest = new Map<string, number>()
  const stack: string[] = []
  const components: string[][] = []

  function visit(node: string): number {
    const own = order.size
    order.set(node, own)
    stack.push(node)
    const reached = (graph.get(node) ?? []).map((next) => reach(next))
    const low = Math.min(own, ...reached)
    lowest.set(node, low)
    if (low === own) components.push(stack.splice(stack.indexOf(node)))
    return low
  }

  function reach(node: string): number {
    const known = order.get(node)
    if (known === undefined) return visit(node)
    return stack.includes(node) ? known : Number.POSITIVE_INFINITY
  }

  for (const node of graph.keys()) if (!order.has(node)) visit(node)
  return components
}
