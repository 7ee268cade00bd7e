import { describe as describeSchema, propertiesOf } from '@tenantry/rest/json-schema';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { procedures } from '../../procedures.ts';

/** The schema of an input; a procedure of ours has one. */
function schemaOf(inputs: readonly unknown[]): z.ZodType {
  return z.instanceof(z.ZodType).parse(inputs[0]);
}

function examplesOf(schema: z.ZodType): readonly unknown[] {
  const { examples } = describeSchema(schema, 'input');
  return Array.isArray(examples) ? examples : [];
}

const all = [...procedures.api.values(), ...procedures.admin.values()];
/** The keys of an input that travel in the body. */
const bodyKeysOf = ({ inputs, pathKeys }: (typeof all)[number]) => {
  const keys = propertiesOf(describeSchema(schemaOf(inputs), 'input')).keys();
  return [...keys].filter((key) => !pathKeys.includes(key));
};

describe('an input that travels in a body', () => {
  const sent = all.filter(
    (one) => ['POST', 'PATCH', 'PUT'].includes(one.route.method) && bodyKeysOf(one).length > 0,
  );

  it('has an example, which its own schema takes', () => {
    expect(sent.length).toBeGreaterThan(30);
    const wrong = sent.flatMap(({ name, inputs, route }) => {
      const schema = schemaOf(inputs);
      const examples = examplesOf(schema);
      // A stream takes the input of the procedure that answers whole.
      if (examples.length === 0 && route.events === undefined) return [`${name} has no example`];
      return examples.flatMap((example) => {
        const { error } = schema.safeParse(example);
        return error === undefined ? [] : [`${name}: ${error.message}`];
      });
    });
    expect(wrong).toEqual([]);
  });
});
