/** Modules that import each other. Each list is one way round: the last module imports the first. */
export type Circle = readonly string[];

/**
 * Finds the circles of a graph: for each group of modules that reach each other, the shortest way round through its
 * first module by name. No circle is left out, because a group without circles has one module that imports itself not.
 */
export function findCircles(graph: ReadonlyMap<string, readonly string[]>): Circle[] {
  const circles = groupsOf(graph).flatMap((group) => {
    const [first] = [...group].toSorted();
    const round = first === undefined ? undefined : shortestRound(graph, first);
    return round === undefined ? [] : [round];
  });
  return circles.toSorted(([left = ''], [right = '']) => (left < right ? -1 : 1));
}

/** The strongly connected groups of a graph (Tarjan's algorithm). */
function groupsOf(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const groups: string[][] = [];
  const indexes = new Map<string, number>();
  const lowest = new Map<string, number>();
  const stack: string[] = [];
  const onStack = new Set<string>();
  const lower = (node: string, value: number) => lowest.set(node, Math.min(lowest.get(node) ?? value, value));
  const visit = (node: string): void => {
    const index = indexes.size;
    indexes.set(node, index);
    lowest.set(node, index);
    stack.push(node);
    onStack.add(node);
    for (const next of graph.get(node) ?? []) {
      if (!indexes.has(next)) {
        visit(next);
        lower(node, lowest.get(next) ?? index);
      } else if (onStack.has(next)) lower(node, indexes.get(next) ?? index);
    }
    if (lowest.get(node) !== index) return;
    const group = stack.splice(stack.indexOf(node));
    for (const one of group) onStack.delete(one);
    groups.push(group);
  };
  for (const node of graph.keys()) if (!indexes.has(node)) visit(node);
  return groups;
}

/** The shortest way from a module back to itself, breadth first. */
function shortestRound(graph: ReadonlyMap<string, readonly string[]>, start: string): Circle | undefined {
  const cameFrom = new Map<string, string>();
  const queue = [start];
  for (let node = queue.shift(); node !== undefined; node = queue.shift()) {
    for (const next of graph.get(node) ?? []) {
      if (next === start) return wayTo(cameFrom, start, node);
      if (cameFrom.has(next)) continue;
      cameFrom.set(next, node);
      queue.push(next);
    }
  }
  return undefined;
}

function wayTo(cameFrom: ReadonlyMap<string, string>, start: string, end: string): Circle {
  const way: string[] = [];
  for (let node = end; node !== start; node = cameFrom.get(node) ?? start) way.unshift(node);
  return [start, ...way];
}
