/** An id that nothing has. */
export const unknownId = '0198f000-0000-7000-8000-00000000ffff';
