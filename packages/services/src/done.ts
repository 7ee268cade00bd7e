/** The answer of a change that has nothing to tell. */
export type Done = Readonly<Record<string, never>>;

/** The one such answer. Its type tells it apart from a refusal, which a bare `{}` would not. */
export const done: Done = Object.freeze({});
