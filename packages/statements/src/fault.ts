/** Why a file is refused, and where. It ends the reading of the file. */
export class StatementFault extends Error {
  /** From 1. */
  readonly lineNumber: number;

  constructor(lineNumber: number, message: string) {
    super(message);
    this.name = 'StatementFault';
    this.lineNumber = lineNumber;
  }
}
