/** Whether PostgreSQL can store a text: it has no NUL and no lone surrogate. */
export const isStorable = (given: string): boolean => !given.includes('\0') && given.isWellFormed();

export const unstorable = 'holds characters that cannot be stored';
