import { readDemoCatalogue } from '@tenantry/catalogue/file';
import { describe, expect, it } from 'vitest';
import { operationToTry } from './seed.ts';

describe('the operation to try first', () => {
  const { operations } = readDemoCatalogue();
  const only = (...names: string[]) => ({
    operations: Object.fromEntries(Object.entries(operations).filter(([name]) => names.includes(name))),
  });

  it('is that of the demo while it is sold, and then one that a prompt alone runs', () => {
    expect(operationToTry({ operations })).toBe('write_content');
    expect(operationToTry(only('cluster_keywords', 'generate_image', 'summarise'))).toBe('summarise');
  });

  it('is none where every one is held by its caller, or asks for variables', () => {
    expect(operationToTry(only('cluster_keywords', 'generate_image'))).toBeUndefined();
    const [one] = Object.values(only('summarise').operations);
    if (one === undefined) throw new Error('the demo sells no summarise');
    const asking = { ...one, promptTemplate: 'Write about {{topic}}.', variables: ['topic'] };
    expect(operationToTry({ operations: { asking } })).toBeUndefined();
  });
});
