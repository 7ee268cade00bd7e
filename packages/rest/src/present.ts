/** A value as JSON carries it: moments are RFC 3339 texts. */
export type Presented<T> = T extends Date
  ? string
  : T extends readonly (infer Item)[]
    ? Presented<Item>[]
    : T extends object
      ? { [Key in keyof T]: Presented<T[Key]> }
      : T;

/** Turns every moment in an answer into an RFC 3339 text in UTC. */
export function present<T>(value: T): Presented<T> {
  return presented<T>(convert(value));
}

function convert(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(convert);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, convert(item)]));
}

// `convert` does to a value what `Presented` does to its type.
function presented<T>(value: unknown): Presented<T> {
  return value as Presented<T>;
}
