/** Ten failures under one key within 15 minutes lock that key, and nothing else, for 15 minutes. */
export const attemptRule = { failuresMax: 10, windowSeconds: 900, lockSeconds: 900 } as const;
