import { type OldDatabase, lockOldDatabase, requireOldTables, withOldDatabase } from './connection.ts';
import { type Stage, stages } from './stages.ts';

/** The names of the stages in their order. */
export const stageNames = stages.map(({ name }) => name);

/** A stage and whether the database has it. */
export interface StageState {
  name: string;
  isDone: boolean;
}

async function withStages<T>(url: string, work: (old: OldDatabase) => Promise<T>): Promise<T> {
  return withOldDatabase(url, async (old) => {
    await requireOldTables(old, ['igny8_tenants', 'igny8_subscriptions']);
    await lockOldDatabase(old);
    return work(old);
  });
}

/** Which stages a database of the old product has. */
export function readStages(url: string): Promise<StageState[]> {
  return withStages(url, (old) => statesOf(old));
}

async function statesOf(old: OldDatabase): Promise<StageState[]> {
  const found: StageState[] = [];
  for (const { name, isDone } of stages) {
    // Without the columns of the first stage the others cannot be there.
    const isPossible = found.length === 0 || found[0]?.isDone === true;
    found.push({ name, isDone: isPossible && (await isDone(old)) });
  }
  return found;
}

/** The stages up to one. Throws for a name that no stage has. */
function upTo(name: string): readonly Stage[] {
  const index = stageNames.indexOf(name);
  if (index === -1) throw new Error(`no stage is called ${name}; there are ${stageNames.join(', ')}`);
  return stages.slice(0, index + 1);
}

/**
 * Takes a database up to a stage and answers a line for each stage. A stage that is done is left as it is, so a run that was
 * ended is run again.
 */
export async function raiseTo(url: string, name: string): Promise<string[]> {
  const wanted = upTo(name);
  return withStages(url, async (old) => {
    const lines: string[] = [];
    for (const stage of wanted)
      lines.push(`${stage.name}: ${(await stage.isDone(old)) ? 'was done' : await stage.up(old)}`);
    return lines;
  });
}

/**
 * Takes back every stage from the last one down to a stage, that one too, and answers a line for each. Throws before a stage
 * that cannot be taken back without losing facts; the later ones are taken back then.
 */
export async function lowerFrom(url: string, name: string): Promise<string[]> {
  const kept = upTo(name).length - 1;
  return withStages(url, async (old) => {
    const lines: string[] = [];
    const states = await statesOf(old);
    for (const [index, stage] of [...stages.entries()].slice(kept).toReversed()) {
      if (states[index]?.isDone !== true) continue;
      const refusal = await stage.refusal(old);
      if (refusal !== undefined) throw new Error(`${stage.name} stays: ${refusal}`);
      lines.push(`${stage.name}: ${await stage.down(old)}`);
    }
    return lines;
  });
}
