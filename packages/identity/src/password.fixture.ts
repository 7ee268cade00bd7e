import { hash } from '@node-rs/argon2';

/** The hash of a password as versions made it that took the text as it came. */
export const hashRaw = (text: string): Promise<string> => hash(text);
