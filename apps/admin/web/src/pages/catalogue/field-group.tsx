import { Fieldset, SimpleGrid } from '@mantine/core';
import type { ReactNode } from 'react';

/** Fields that belong together, two beside each other on a wide screen. */
export function FieldGroup({ legend, children }: { readonly legend: string; readonly children: ReactNode }) {
  return (
    <Fieldset legend={legend}>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>{children}</SimpleGrid>
    </Fieldset>
  );
}
