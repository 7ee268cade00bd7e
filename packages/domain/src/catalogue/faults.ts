import type { Catalogue, CatalogueOperation, CataloguePlan } from './catalogue.ts';
import { ibanFault } from '../money.ts';
import { faultsOfTemplate, faultsOfVariables } from '../run/prompt.ts';
import { faultsOfThrottleRates, features, limitNames } from '../plans.ts';

/** What a catalogue breaks a rule with: where, as the keys that lead there, and a sentence that says what would be right. */
export interface CatalogueFault {
  path: readonly (string | number)[];
  message: string;
  /** The part of the text there that is meant. */
  part?: string | undefined;
}

/** Rules between the parts of a catalogue, and those of fields that belong together. */
export function faultsOfCatalogue(catalogue: Catalogue): CatalogueFault[] {
  return [
    ...declarationFaults(catalogue),
    ...Object.entries(catalogue.plans).flatMap(([slug, plan]) =>
      planFaults(['plans', slug], plan, catalogue),
    ),
    ...Object.entries(catalogue.operations).flatMap(([name, operation]) => [
      ...operationFaults(['operations', name], operation),
      ...promptFaults(['operations', name], operation),
    ]),
    ...payeeFaults(catalogue),
  ];
}

const isOneOf = (names: readonly string[], name: string) => names.some((one) => one === name);

function declarationFaults(catalogue: Catalogue): CatalogueFault[] {
  const taken = (part: 'features' | 'limits', builtIn: readonly string[]) =>
    Object.keys(catalogue[part])
      .filter((name) => isOneOf(builtIn, name))
      .map((name) => ({ path: [part, name], message: `${name} is built in; declare another name.` }));
  return [...taken('features', features), ...taken('limits', limitNames)];
}

function planFaults(
  path: string[],
  plan: CataloguePlan,
  { features: own, limits }: Catalogue,
): CatalogueFault[] {
  const knownFeatures = [...features, ...Object.keys(own)];
  const knownLimits = [...limitNames, ...Object.keys(limits)];
  const unknown = (name: string, known: readonly string[], what: string) =>
    `${name} is not declared: declare it under ${what}, or name one of ${known.join(', ')}.`;
  return [
    ...plan.features.flatMap((name, place) =>
      isOneOf(knownFeatures, name)
        ? []
        : [{ path: [...path, 'features', place], message: unknown(name, knownFeatures, 'features') }],
    ),
    ...plan.features.flatMap((name, place) =>
      plan.features.indexOf(name) === place
        ? []
        : [{ path: [...path, 'features', place], message: `${name} is listed twice; list it once.` }],
    ),
    ...Object.keys(plan.limits).flatMap((name) =>
      isOneOf(knownLimits, name)
        ? []
        : [{ path: [...path, 'limits', name], message: unknown(name, knownLimits, 'limits') }],
    ),
    ...faultsOfThrottleRates(plan.throttle).map((message) => ({ path: [...path, 'throttle'], message })),
  ];
}

function operationFaults(path: string[], operation: CatalogueOperation): CatalogueFault[] {
  const { rate, rates, unit, outputTokensDefault, outputTokensMax } = operation;
  const faults: CatalogueFault[] = [];
  if ((rate === null) === (rates === null))
    faults.push({ path, message: 'An operation has one of rate and rates, and not both.' });
  if (rates !== null && unit !== 'token')
    faults.push({ path: [...path, 'rates'], message: 'Rates of tokens need the unit token.' });
  if (rates !== null && rates.cachedInput > rates.input)
    faults.push({
      path: [...path, 'rates', 'cachedInput'],
      message: 'Cached input costs at most what input costs.',
    });
  if (outputTokensDefault > outputTokensMax)
    faults.push({
      path: [...path, 'outputTokensDefault'],
      message: `The default is at most outputTokensMax, which is ${outputTokensMax}.`,
    });
  return faults;
}

/** A template that no run can use, and variables that are not those of the template. */
function promptFaults(path: string[], { promptTemplate, variables }: CatalogueOperation): CatalogueFault[] {
  const ofTemplate = promptTemplate === null ? [] : faultsOfTemplate(promptTemplate);
  const ofVariables = variables === null ? [] : faultsOfVariables(promptTemplate, variables);
  return [
    ...ofTemplate.map(({ message, part }) => ({
      path: [...path, 'promptTemplate'],
      message: `${message}.`,
      part,
    })),
    ...ofVariables.map(({ message, part, place }) => ({
      path: [
        ...path,
        ...(part === undefined ? ['variables'] : ['promptTemplate']),
        ...(place === undefined ? [] : [place]),
      ],
      message: `${message}.`,
      part,
    })),
  ];
}

function payeeFaults({ issuer }: Catalogue): CatalogueFault[] {
  return Object.entries(issuer?.payees ?? {}).flatMap(([currency, { iban, account }]) => {
    const path = ['issuer', 'payees', currency];
    if (iban === null)
      return account.length > 0
        ? []
        : [{ path, message: 'A payee has an iban, or the lines of an account.' }];
    const message = ibanFault(iban);
    return message === undefined ? [] : [{ path: [...path, 'iban'], message }];
  });
}
