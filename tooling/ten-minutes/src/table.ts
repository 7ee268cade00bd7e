import type { PlayedStep } from './play.ts';

const nameCharacters = 38;
const shownCharacters = 78;

const line = (mark: string, name: string, seconds: number, rest: string) =>
  `${mark.padStart(4)} ${name.padEnd(nameCharacters)}${seconds.toFixed(1).padStart(6)} s   ${rest}`.trimEnd();

/** A step as a row: its number, its name, its time, and what it showed. What is not as the page says stands whole. */
export function rowOf(step: PlayedStep, number: number): string {
  const { name, seconds, shown, isRight } = step;
  if (!isRight) return line('✗', name, seconds, `not as the page says:\n\n${shown}`);
  const cut = shown.length > shownCharacters ? `${shown.slice(0, shownCharacters - 1)}…` : shown;
  return line(String(number), name, seconds, cut);
}

/** The last row: the time of all steps. */
export const totalRow = (played: readonly PlayedStep[]): string =>
  line(
    '',
    'All of it',
    played.reduce((sum, { seconds }) => sum + seconds, 0),
    '',
  );
