/** A step of a page, and what a reader sees when it went well. */
export interface Step<Visit> {
  readonly name: string;
  readonly play: (visit: Visit) => Promise<string>;
  readonly expected: RegExp;
}

/** What one step did. */
export interface PlayedStep {
  readonly name: string;
  readonly seconds: number;
  /** What the reader sees, in a line. */
  readonly shown: string;
  /** Whether that is what the page says. */
  readonly isRight: boolean;
}

/**
 * Plays steps in their order. Tells each step when it is done, and ends after the first that does something else than the
 * page says. Answers what was played.
 */
export async function playSteps<Visit>(
  steps: readonly Step<Visit>[],
  visit: Visit,
  tell: (step: PlayedStep) => void,
): Promise<PlayedStep[]> {
  const played: PlayedStep[] = [];
  for (const { name, play, expected } of steps) {
    const begunAt = performance.now();
    const shown = await play(visit).catch((fault: unknown) => String(fault));
    const seconds = (performance.now() - begunAt) / 1000;
    const step = { name, seconds, shown, isRight: expected.test(shown) };
    played.push(step);
    tell(step);
    if (!step.isRight) break;
  }
  return played;
}
