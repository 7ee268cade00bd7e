/** The most bytes of a statement file. 10,000 lines of camt.053 have about 15 MB. */
export const statementBytesMax = 32_000_000;

/** The most lines of a file, of all its statements together. */
export const statementLinesMax = 50_000;

/** The most characters of one field, and of one line of a file that consists of lines. */
export const fieldCharactersMax = 10_000;

/** The most elements that stand within each other. camt.053 nests 15. */
export const elementDepthMax = 40;

/** The most elements and attributes of one entry; a batch of 5,000 payments has fewer. */
export const entryElementsMax = 250_000;

/** The most warnings that are told of one file. */
export const warningsMax = 100;
