import { MultiSelect, Select, SimpleGrid, Switch, TextInput } from '@mantine/core';
import type { CataloguePlan } from '@tenantry/domain/catalogue/catalogue';
import { features, limitNames, planCycles, planStates, throttleScopes } from '@tenantry/domain/plans';
import { formatWords } from '@tenantry/ui/format/words';
import { useState } from 'react';
import { type Draft, type Stored, faultOfNewName, fileOf, withPlan } from './draft.ts';
import { Editor, NewName } from './editor.tsx';
import { CountField, OptionalCountField, PriceField } from './fields.tsx';
import { FieldGroup } from './field-group.tsx';
import { writeName } from './words.ts';

interface PlanFormProps {
  /** The catalogue that the change begins with. */
  readonly base: Stored;
  /** The plan to change; undefined for a new one. */
  readonly slug?: string | undefined;
  /** What the fields begin with. */
  readonly initial: CataloguePlan;
  readonly close: () => void;
  readonly propose: (draft: Draft, applied: () => void) => void;
}

/** The fields of a plan. */
export function PlanForm({ base, slug, initial, close, propose }: PlanFormProps) {
  const [plan, setPlan] = useState(initial);
  const [newName, setNewName] = useState('');
  const set = (change: Partial<CataloguePlan>) => setPlan((before) => ({ ...before, ...change }));
  const name = slug ?? newName;
  const { catalogue, fingerprint } = base;
  const review = () =>
    propose(
      {
        title: slug === undefined ? `Add the plan ${name}` : `Change the plan ${name}`,
        text: fileOf(withPlan(catalogue, name, plan)),
        fingerprint,
      },
      close,
    );
  return (
    <Editor
      title={slug === undefined ? 'New plan' : `Plan ${slug}`}
      close={close}
      review={review}
      isReady={name !== '' && (slug !== undefined || faultOfNewName(name, catalogue.plans) === undefined)}
    >
      {slug === undefined ? <NewName name={newName} taken={catalogue.plans} change={setNewName} /> : null}
      <TextInput
        label="Name that people read"
        required
        maxLength={100}
        value={plan.name}
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      <PlanTerms plan={plan} set={set} />
      <MultiSelect
        label="Features"
        data={[...features, ...Object.keys(catalogue.features)]}
        value={[...plan.features]}
        onChange={(chosen) => set({ features: chosen })}
      />
      <Limits plan={plan} own={Object.keys(catalogue.limits)} set={set} />
      <FieldGroup legend="Calls a minute">
        {throttleScopes.map((scope) => (
          <CountField
            key={scope}
            label={writeName(scope)}
            min={1}
            value={plan.throttle[scope]}
            change={(rate) => set({ throttle: { ...plan.throttle, [scope]: rate } })}
          />
        ))}
      </FieldGroup>
    </Editor>
  );
}

interface PartProps {
  readonly plan: CataloguePlan;
  readonly set: (change: Partial<CataloguePlan>) => void;
}

function PlanTerms({ plan, set }: PartProps) {
  const state = planStates.find((one) => one === plan.state) ?? 'listed';
  return (
    <>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <Select
          label="State"
          description={stateMeans[state]}
          data={planStates.map((value) => ({ value, label: formatWords(value) }))}
          value={plan.state}
          allowDeselect={false}
          onChange={(value) => set({ state: planStates.find((one) => one === value) ?? plan.state })}
        />
        <Select
          label="Paid"
          description="How often the price is paid."
          data={planCycles.map((value) => ({ value, label: formatWords(value) }))}
          value={plan.cycle}
          allowDeselect={false}
          onChange={(value) => set({ cycle: planCycles.find((one) => one === value) ?? plan.cycle })}
        />
      </SimpleGrid>
      <PriceField label="Price" price={plan.price} change={(price) => set({ price })} />
      <Switch
        label="Internal: no customer can choose it"
        checked={plan.internal}
        onChange={(event) => set({ internal: event.currentTarget.checked })}
      />
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <CountField label="Credits a month" value={plan.credits} change={(credits) => set({ credits })} />
        <CountField
          label="Rollover at most"
          value={plan.rolloverCreditsMax}
          change={(rolloverCreditsMax) => set({ rolloverCreditsMax })}
        />
        <CountField label="Trial days" value={plan.trialDays} change={(trialDays) => set({ trialDays })} />
        <CountField label="Grace days" value={plan.graceDays} change={(graceDays) => set({ graceDays })} />
        <OptionalCountField
          label="Purchased credits last"
          description="Days; empty for ever."
          min={1}
          value={plan.purchaseDays}
          change={(purchaseDays) => set({ purchaseDays })}
        />
      </SimpleGrid>
    </>
  );
}

const stateMeans = {
  listed: 'It is sold.',
  unlisted: 'It works for who has it.',
  withdrawn: 'It stops at once for who has it.',
} as const;

function Limits({ plan, own, set }: PartProps & { readonly own: readonly string[] }) {
  return (
    <FieldGroup legend="Limits">
      {limitNames.map((limit) => (
        <CountField
          key={limit}
          label={writeName(limit)}
          value={plan.limits[limit]}
          change={(most) => set({ limits: { ...plan.limits, [limit]: most } })}
        />
      ))}
      {own.map((limit) => (
        <OptionalCountField
          key={limit}
          label={limit}
          description="Empty for no limit."
          value={plan.limits[limit] ?? null}
          change={(most) => set({ limits: withLimit(plan.limits, limit, most) })}
        />
      ))}
    </FieldGroup>
  );
}

/** The limits with one of the product's own set or left out. */
function withLimit(
  limits: CataloguePlan['limits'],
  name: string,
  most: number | null,
): CataloguePlan['limits'] {
  const { users, sites, sectorsPerSite, apiKeys, ...own } = limits;
  const { [name]: _before, ...others } = own;
  return { ...others, ...(most === null ? {} : { [name]: most }), users, sites, sectorsPerSite, apiKeys };
}
