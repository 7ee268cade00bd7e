/**
 * The variables that a program of a test has from the test run: where programs are, and where Node.js keeps compiled modules,
 * so that each start of a program does not compile them again. Everything else a test names.
 */
export function inheritedEnvironment(): Record<string, string> {
  const { PATH = '', NODE_COMPILE_CACHE } = process.env;
  return { PATH, ...(NODE_COMPILE_CACHE === undefined ? {} : { NODE_COMPILE_CACHE }) };
}
