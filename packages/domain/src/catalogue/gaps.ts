import { trialSlug } from '../plans.ts';
import { isRunUnit } from '../credit/price.ts';
import type { Catalogue, CataloguePlan } from './catalogue.ts';

/** What a catalogue makes impossible, as sentences. It may be stored: each of them may be meant. */
export function gapsOfCatalogue(catalogue: Catalogue): string[] {
  const offered = Object.entries(catalogue.plans).filter(([, plan]) => isOffered(plan));
  return [
    ...registrationGaps(catalogue, offered),
    ...priceGaps(catalogue, offered),
    ...promptGaps(catalogue),
    ...ownGaps(catalogue, offered),
    ...moneyGaps(catalogue, offered),
  ];
}

type Offered = readonly (readonly [string, CataloguePlan])[];
const isOffered = ({ state, internal }: CataloguePlan) => state === 'listed' && !internal;

function registrationGaps({ plans }: Catalogue, offered: Offered): string[] {
  if (offered.length === 0) return ['Nobody can register: no plan is listed.'];
  const trial = plans[trialSlug];
  const hasTrial = trial !== undefined && isOffered(trial);
  return [
    ...(hasTrial ? [] : [`A registration has to name its plan: no plan ${trialSlug} is listed.`]),
    ...(hasTrial && trial.trialDays === 0
      ? [`The plan ${trialSlug} ends when it begins: it has no trialDays.`]
      : []),
  ];
}

function priceGaps({ operations }: Catalogue, offered: Offered): string[] {
  const costs = Object.values(operations).map(({ minimum }) => minimum);
  if (costs.length === 0) return ['No credits can be spent on an operation: none is declared.'];
  const withOperations = offered.filter(([, { features }]) => features.includes('operations'));
  if (offered.length > 0 && withOperations.length === 0)
    return ['No operation can be run: no plan that is listed has the feature operations.'];
  const least = Math.min(...costs);
  return withOperations
    .filter(([, { credits }]) => credits < least)
    .map(([slug]) => `The plan ${slug} pays for no operation: the cheapest costs ${least} credits.`);
}

/** Only what is run here is asked with the prompt of its operation. */
function promptGaps({ operations }: Catalogue): string[] {
  return Object.entries(operations)
    .filter(([, { promptTemplate, kind, unit }]) => promptTemplate !== null && !isRunUnit(kind, unit))
    .map(([name]) => `The promptTemplate of ${name} is never used: such an operation is not run here.`);
}

function ownGaps({ features, limits }: Catalogue, offered: Offered): string[] {
  const uses = (test: (plan: CataloguePlan) => boolean) => offered.some(([, plan]) => test(plan));
  return [
    ...Object.keys(features)
      .filter((name) => !uses((plan) => plan.features.includes(name)))
      .map((name) => `Nobody can have the feature ${name}: no plan that is listed includes it.`),
    ...Object.keys(limits)
      .filter((name) => !uses((plan) => plan.limits[name] !== undefined))
      .map((name) => `The limit ${name} limits nobody: no plan that is listed sets it.`),
  ];
}

/** Money that is asked for has to have somewhere to go. */
function moneyGaps({ issuer, packages }: Catalogue, offered: Offered): string[] {
  const prices = [
    ...offered.map(([, { price }]) => price),
    ...Object.values(packages).map(({ price }) => price),
  ];
  const currencies = new Set(prices.filter(({ amount }) => amount > 0).map(({ currency }) => currency));
  return [...currencies]
    .filter((currency) => issuer?.payees[currency] === undefined)
    .map(
      (currency) => `No bank transfer in ${currency} can arrive: the issuer has no payee for ${currency}.`,
    );
}
