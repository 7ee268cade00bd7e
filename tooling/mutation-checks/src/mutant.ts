/** A change of the code that breaks one guarantee, and the test that must then fail. */
export interface Mutant {
  readonly name: string;
  /** The file that is changed, by path from the clone. */
  readonly file: string;
  /** A text that stands in the file exactly once, and what replaces it. */
  readonly find: string;
  readonly replace: string;
  /** A test file, and a part of the titles of the tests to run. */
  readonly test: string;
  readonly title: string;
}
