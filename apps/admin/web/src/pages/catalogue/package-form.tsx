import { TextInput } from '@mantine/core';
import type { CataloguePackage } from '@tenantry/domain/catalogue/catalogue';
import { useState } from 'react';
import { type Draft, type Stored, faultOfNewName, fileOf, withPackage } from './draft.ts';
import { Editor, NewName } from './editor.tsx';
import { CountField, OptionalCountField, PriceField } from './fields.tsx';

interface PackageFormProps {
  /** The catalogue that the change begins with. */
  readonly base: Stored;
  /** The package to change; undefined for a new one. */
  readonly slug?: string | undefined;
  readonly initial: CataloguePackage;
  readonly close: () => void;
  readonly propose: (draft: Draft, applied: () => void) => void;
}

/** The fields of a package of credits. */
export function PackageForm({ base, slug, initial, close, propose }: PackageFormProps) {
  const [sold, setSold] = useState(initial);
  const [newName, setNewName] = useState('');
  const set = (change: Partial<CataloguePackage>) => setSold((before) => ({ ...before, ...change }));
  const name = slug ?? newName;
  const { catalogue, fingerprint } = base;
  const review = () =>
    propose(
      {
        title: slug === undefined ? `Add the package ${name}` : `Change the package ${name}`,
        text: fileOf(withPackage(catalogue, name, sold)),
        fingerprint,
      },
      close,
    );
  return (
    <Editor
      title={slug === undefined ? 'New package' : `Package ${slug}`}
      close={close}
      review={review}
      isReady={name !== '' && (slug !== undefined || faultOfNewName(name, catalogue.packages) === undefined)}
    >
      {slug === undefined ? <NewName name={newName} taken={catalogue.packages} change={setNewName} /> : null}
      <TextInput
        label="Name that people read"
        required
        maxLength={100}
        value={sold.name}
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      <CountField label="Credits" min={1} value={sold.credits} change={(credits) => set({ credits })} />
      <PriceField label="Price" price={sold.price} change={(price) => set({ price })} />
      <OptionalCountField
        label="Credits last"
        description="Days; empty for what the plan says."
        min={1}
        value={sold.validDays}
        change={(validDays) => set({ validDays })}
      />
    </Editor>
  );
}
