import { differences, nameMonths } from './differences.ts';
import type { Environment } from './environment.ts';
import { explain } from './explain.ts';
import { brokenRules } from './ledger-rules.ts';
import { type Model, fork } from './model.ts';
import type { Observed } from './observe.ts';
import { type AccountIndex, type State, accountsAt } from './state.ts';
import type { CompletedTask } from './task.ts';

type Threads = readonly (readonly CompletedTask[])[];

/**
 * Compares a step with the model: finds an order of its calls that explains what they answered and what is stored, and
 * takes the model of that order over. Throws an error that lists every difference. With `mayFail`, calls that ended in
 * a fault changed nothing.
 */
export async function conclude(
  state: State,
  { observe }: Environment,
  at: AccountIndex,
  threads: Threads,
  mayFail = false,
): Promise<void> {
  const [account, other] = accountsAt(state, at);
  const all = await observe([account.id, other.id]);
  const [observed, observedOther] = [all.get(account.id), all.get(other.id)];
  if (observed === undefined || observedOther === undefined) throw new Error('An account has no books.');
  nameMonths(account.model, observed);
  nameMonths(other.model, observedOther);
  const models = explain(account.model, threads, mayFail);
  const explained = models.find((model) => differences(observed, model).length === 0);
  const faults = [
    ...brokenRules(observed),
    ...(explained === undefined ? whyUnexplained(account.model, models, threads, observed) : []),
    ...differences(observedOther, other.model).map((text) => `the other account: ${text}`),
  ];
  if (explained === undefined || faults.length > 0) throw new Error(`\n${faults.join('\n')}`);
  account.model = explained;
  for (const { history, model } of state.accounts) history.push(fork(model));
}

function whyUnexplained(
  before: Model,
  models: readonly Model[],
  threads: Threads,
  observed: Observed,
): string[] {
  const [first] = models;
  if (first !== undefined) return differences(observed, first);
  const calls = threads.flat().map(({ task, outcome }) => {
    const predicted = task.predict(fork(before), outcome);
    return `${task.description}\n  answered ${textOf(outcome)}\n  alone it answers ${textOf(predicted)}`;
  });
  return ['no order of these calls explains their answers:', ...calls];
}

const textOf = (value: unknown) =>
  JSON.stringify(value, (_name, one: unknown) => (typeof one === 'bigint' ? String(one) : one));
