import { Autocomplete, SegmentedControl, Select, SimpleGrid, Text, TextInput, Textarea } from '@mantine/core';
import type { CatalogueOperation } from '@tenantry/domain/catalogue/catalogue';
import { operationKinds } from '@tenantry/domain/credit/price';
import { formatWords } from '@tenantry/ui/format/words';
import { useState } from 'react';
import { type Draft, type Stored, faultOfNewName, fileOf, withOperation } from './draft.ts';
import { Editor, NewName } from './editor.tsx';
import { FieldGroup } from './field-group.tsx';
import { CountField } from './fields.tsx';

/** What a new operation begins with. */
export const newOperation: CatalogueOperation = {
  kind: 'text',
  unit: 'token',
  unitSize: 1000,
  rate: 1,
  rates: null,
  minimum: 1,
  outputTokensDefault: 500,
  outputTokensMax: 32_000,
  model: null,
  promptTemplate: null,
  variables: null,
};

interface OperationFormProps {
  /** The catalogue that the change begins with. */
  readonly base: Stored;
  /** The operation to change; undefined for a new one. */
  readonly name?: string | undefined;
  readonly initial: CatalogueOperation;
  readonly close: () => void;
  readonly propose: (draft: Draft, applied: () => void) => void;
}

/** The fields of an operation. */
export function OperationForm({ base, name, initial, close, propose }: OperationFormProps) {
  const [operation, setOperation] = useState(initial);
  const [newName, setNewName] = useState('');
  const set = (change: Partial<CatalogueOperation>) => setOperation((before) => ({ ...before, ...change }));
  const called = name ?? newName;
  const { catalogue, fingerprint } = base;
  const review = () =>
    propose(
      {
        title: name === undefined ? `Add the operation ${called}` : `Change the operation ${called}`,
        text: fileOf(withOperation(catalogue, called, operation)),
        fingerprint,
      },
      close,
    );
  return (
    <Editor
      title={name === undefined ? 'New operation' : `Operation ${name}`}
      close={close}
      review={review}
      isReady={
        called !== '' && (name !== undefined || faultOfNewName(called, catalogue.operations) === undefined)
      }
    >
      {name === undefined ? (
        <NewName name={newName} taken={catalogue.operations} change={setNewName} />
      ) : null}
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <Select
          label="Makes"
          description="What the operation answers."
          data={operationKinds.map((value) => ({ value, label: formatWords(value) }))}
          value={operation.kind}
          allowDeselect={false}
          onChange={(value) => set({ kind: operationKinds.find((one) => one === value) ?? operation.kind })}
        />
        <Autocomplete
          label="Unit"
          description="Token, word and request can be run here."
          required
          data={['token', 'word', 'request', 'image', 'page', 'item', 'second']}
          value={operation.unit}
          onChange={(unit) => set({ unit })}
        />
      </SimpleGrid>
      <Price operation={operation} set={set} />
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <CountField
          label="Output tokens by default"
          min={1}
          max={1_000_000}
          value={operation.outputTokensDefault}
          change={(outputTokensDefault) => set({ outputTokensDefault })}
        />
        <CountField
          label="Output tokens at most"
          min={1}
          max={1_000_000}
          value={operation.outputTokensMax}
          change={(outputTokensMax) => set({ outputTokensMax })}
        />
      </SimpleGrid>
      <TextInput
        label="Model"
        description="Empty for the model of the installation."
        maxLength={200}
        value={operation.model ?? ''}
        onChange={(event) =>
          set({ model: event.currentTarget.value === '' ? null : event.currentTarget.value })
        }
      />
      <Textarea
        label="Prompt"
        description="With {{names}} of variables. Empty where a run brings its own prompt."
        autosize
        minRows={3}
        maxRows={14}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
        value={operation.promptTemplate ?? ''}
        onChange={(event) =>
          set({ promptTemplate: event.currentTarget.value === '' ? null : event.currentTarget.value })
        }
      />
    </Editor>
  );
}

function Price({
  operation: { unit, unitSize, rate, rates, minimum },
  set,
}: {
  readonly operation: CatalogueOperation;
  readonly set: (change: Partial<CatalogueOperation>) => void;
}) {
  const one = rate ?? rates?.output ?? 1;
  return (
    <FieldGroup legend="Price in credits">
      <CountField
        label="For each"
        description={`${unit}s, as one step`}
        min={1}
        value={unitSize}
        change={(size) => set({ unitSize: size })}
      />
      <CountField
        label="At least"
        description="Credits of a use"
        value={minimum}
        change={(least) => set({ minimum: least })}
      />
      {unit === 'token' ? (
        <div>
          <Text size="sm" fw={500} mb={4} id="price-by">
            Price by
          </Text>
          <SegmentedControl
            fullWidth
            aria-labelledby="price-by"
            data={[
              { value: 'one', label: 'One rate' },
              { value: 'sorts', label: 'Sorts of tokens' },
            ]}
            value={rates === null ? 'one' : 'sorts'}
            onChange={(value) =>
              value === 'one'
                ? set({ rate: one, rates: null })
                : set({ rate: null, rates: { input: one, cachedInput: one, output: one } })
            }
          />
        </div>
      ) : null}
      {rates === null ? (
        <CountField label="Credits" value={one} change={(credits) => set({ rate: credits })} />
      ) : (
        (['input', 'cachedInput', 'output'] as const).map((sort) => (
          <CountField
            key={sort}
            label={{ input: 'Input', cachedInput: 'Cached input', output: 'Output' }[sort]}
            value={rates[sort]}
            change={(credits) => set({ rates: { ...rates, [sort]: credits } })}
          />
        ))
      )}
    </FieldGroup>
  );
}
