/** The shortest password that may be set, in UTF-16 units. */
export const passwordCharactersMin = 10;

/** The longest password that is taken, in UTF-16 units: the work of hashing one stays bounded. */
export const passwordCharactersMax = 1024;
