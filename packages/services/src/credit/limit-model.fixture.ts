/** What a plain model of the daily caps knows: sites and rotations of keys are subjects, each with a count of every day. */
export interface CapModel {
  now: number;
  caps: Map<string, number>;
  /** Credits by subject and day. */
  counts: Map<string, number>;
  holds: ModelHold[];
}

/** A hold, with the subjects that it counts for. */
export interface ModelHold {
  id: string;
  subjects: string[];
  amount: number;
  madeAt: number;
  expiresAt: number;
  status: 'open' | 'settled' | 'released' | 'expired';
  settled: number;
  settledAt: number;
  isEstimated: boolean;
}

/** A model without caps, counts and holds. */
export const emptyModel = (now: number): CapModel => ({ now, caps: new Map(), counts: new Map(), holds: [] });

const placeOf = (subject: string, at: number) => `${subject} ${new Date(at).toISOString().slice(0, 10)}`;

/** What a subject has used of a day. */
export const usedOf = ({ counts }: CapModel, subject: string, at: number): number =>
  counts.get(placeOf(subject, at)) ?? 0;

function count(model: CapModel, subjects: readonly string[], at: number, amount: number): void {
  for (const subject of subjects) model.counts.set(placeOf(subject, at), usedOf(model, subject, at) + amount);
}

/** Whether a cap forbids so many more credits today. */
function isAboveCap(model: CapModel, subjects: readonly string[], more: number): boolean {
  return (
    more > 0 &&
    subjects.some((subject) => {
      const cap = model.caps.get(subject);
      return cap !== undefined && usedOf(model, subject, model.now) + more > cap;
    })
  );
}

/** Moves the time, and gives back what expired holds have held. */
export function passTime(model: CapModel, milliseconds: number): void {
  model.now += milliseconds;
  for (const hold of model.holds)
    if (hold.status === 'open' && hold.expiresAt <= model.now) {
      hold.status = 'expired';
      count(model, hold.subjects, hold.madeAt, -hold.amount);
    }
}

/** Makes a hold, or answers the refusal. */
export function holdIn(
  model: CapModel,
  hold: Pick<ModelHold, 'subjects' | 'amount' | 'expiresAt'>,
): ModelHold | 'spending_limit_reached' {
  if (isAboveCap(model, hold.subjects, hold.amount)) return 'spending_limit_reached';
  count(model, hold.subjects, model.now, hold.amount);
  const rest = {
    id: '',
    madeAt: model.now,
    status: 'open',
    settled: 0,
    settledAt: 0,
    isEstimated: false,
  } as const;
  const made = { ...hold, ...rest };
  model.holds.push(made);
  return made;
}

/** Resolves an open hold: the rest is given back to the day of the hold, the excess counts on the day of the settle. */
export function resolveIn(
  model: CapModel,
  hold: ModelHold,
  how: { status: 'settled' | 'released'; spent: number; isEstimated: boolean },
): string {
  if (hold.status === 'expired') return 'ok';
  if (hold.status !== 'open') return 'hold_resolved';
  const excess = Math.max(0, how.spent - hold.amount);
  if (isAboveCap(model, hold.subjects, excess)) return 'spending_limit_reached';
  count(model, hold.subjects, hold.madeAt, Math.min(0, how.spent - hold.amount));
  count(model, hold.subjects, model.now, excess);
  Object.assign(hold, {
    status: how.status,
    settled: how.spent,
    settledAt: model.now,
    isEstimated: how.isEstimated,
  });
  return 'ok';
}

/** Trues an estimate up. What is given back comes from the excess first, and then from the hold. */
export function trueUpIn(model: CapModel, hold: ModelHold, spent: number): string {
  if (hold.status === 'open') return 'conflict';
  if (!hold.isEstimated) return 'hold_resolved';
  const [more, back] = [Math.max(0, spent - hold.settled), Math.max(0, hold.settled - spent)];
  if (isAboveCap(model, hold.subjects, more)) return 'spending_limit_reached';
  const fromExcess = Math.min(back, Math.max(0, hold.settled - hold.amount));
  count(model, hold.subjects, model.now, more);
  count(model, hold.subjects, hold.settledAt, -fromExcess);
  count(model, hold.subjects, hold.madeAt, fromExcess - back);
  Object.assign(hold, { settled: spent, isEstimated: false });
  return 'ok';
}
