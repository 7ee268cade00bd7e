import { isTestModule } from '@tenantry/source/files';
import { circleLine, circlesAmong } from '@tenantry/source/graph';
import { parseModule } from '@tenantry/source/syntax';
import { countLines, functionLines, spread } from './lines.ts';
import { type Row, bounded, shown } from './report.ts';
import { schemasThatStandTwice } from './schemas.ts';
import { type TypeEscapes, typeEscapes } from './types.ts';

/** What was measured, and the places behind counts that must be 0. */
export interface Measured {
  readonly rows: readonly Row[];
  readonly details: readonly string[];
}

/** No file is longer than this, tests included. */
const fileLinesMax = 250;

/** Modules that a generator writes. */
const generated = new Set(
  ['router', 'admin-router', 'types', 'problem-code'].map((name) => `packages/client/src/${name}.ts`),
);

type Part = 'product' | 'tests' | 'tooling and examples' | 'generated';
const parts: readonly Part[] = ['product', 'tests', 'tooling and examples', 'generated'];

/** The part of the repository that a module belongs to. */
export function partOf(path: string): Part {
  if (generated.has(path)) return 'generated';
  if (isTestModule(path)) return 'tests';
  return /^(?:apps|packages)\//.test(path) ? 'product' : 'tooling and examples';
}

interface ModuleFigures {
  path: string;
  part: Part;
  lines: number;
  functions: { line: number; lines: number }[];
  escapes: TypeEscapes;
}

function figuresOf(path: string, text: string): ModuleFigures {
  const parsed = parseModule(path, text);
  return {
    path,
    part: partOf(path),
    lines: countLines(text),
    functions: functionLines(parsed, text),
    escapes: typeEscapes(parsed),
  };
}

const spreadText = (numbers: readonly number[]): string => {
  const { median, p95, max } = spread(numbers);
  return `${median} / ${p95} / ${max}`;
};
const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

function sizeRows(figures: readonly ModuleFigures[]): Row[] {
  return parts.flatMap((part) => {
    const modules = figures.filter((one) => one.part === part);
    const lines = modules.map((one) => one.lines);
    const rows = [shown(`${part}: files`, modules.length), shown(`${part}: lines`, sum(lines))];
    if (part === 'generated') return rows;
    const functions = modules.flatMap((one) => one.functions.map((each) => each.lines));
    rows.push(shown(`${part}: lines of a file, median / p95 / max`, spreadText(lines)));
    rows.push(shown(`${part}: lines of a function, median / p95 / max`, spreadText(functions)));
    return rows;
  });
}

function escapeRows(figures: readonly ModuleFigures[]): Row[] {
  const count = (name: keyof TypeEscapes, part?: Part) =>
    sum(figures.filter((one) => part === undefined || one.part === part).map(({ escapes }) => escapes[name]));
  return [
    bounded('`any`', count('any'), 0),
    bounded('non-null `!`', count('nonNull'), 0),
    shown('`as` casts: product', count('casts', 'product')),
    shown('`as` casts: tests', count('casts', 'tests')),
    shown('`as` casts: tooling and examples', count('casts', 'tooling and examples')),
  ];
}

/** Whether a module holds schemas of what travels. */
const holdsSchemas = (path: string): boolean =>
  /^(?:apps\/[^/]+|packages\/(?:contract|rest))\/src\//.test(path) && !isTestModule(path);

/** Measures modules, given by path from the clone and text. Retired words are counted by the caller. */
export function measure(modules: ReadonlyMap<string, string>, retiredWords: number): Measured {
  const figures = [...modules].map(([path, text]) => figuresOf(path, text));
  const long = figures.filter(({ part, lines }) => part !== 'generated' && lines > fileLinesMax);
  const circles = circlesAmong(modules);
  const twice = schemasThatStandTwice(new Map([...modules].filter(([path]) => holdsSchemas(path))));
  const rows = [
    ...sizeRows(figures),
    bounded(`files of more than ${fileLinesMax} lines`, long.length, 0),
    ...escapeRows(figures),
    bounded('circles of imports, tests included', circles.length, 0),
    bounded('schemas that stand twice', twice.length, 0),
    bounded('retired words', retiredWords, 0),
  ];
  const details = [
    ...long.map(({ path, lines }) => `more than ${fileLinesMax} lines: ${path} (${lines})`),
    ...figures.flatMap(({ path, escapes }) =>
      escapes.any + escapes.nonNull > 0 ? [`any or !: ${path} (${escapes.any}, ${escapes.nonNull})`] : [],
    ),
    ...circles.map((circle) => `circle of imports: ${circleLine(circle)}`),
    ...twice.map(({ what, places }) => `schema that stands twice: ${what}: ${places.join(', ')}`),
  ];
  return { rows, details };
}

/** The longest functions, for whoever looks for what to split. */
export function longestFunctions(modules: ReadonlyMap<string, string>, count: number): string[] {
  return [...modules]
    .flatMap(([path, text]) =>
      functionLines(parseModule(path, text), text).map(({ line, lines }) => ({
        place: `${path}:${line}`,
        lines,
        part: partOf(path),
      })),
    )
    .filter(({ part }) => part === 'product')
    .toSorted((left, right) => right.lines - left.lines)
    .slice(0, count)
    .map(({ place, lines }) => `${lines} lines: ${place}`);
}
