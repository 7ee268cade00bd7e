import { openApiDocument as adminDocument } from '@tenantry/admin/document';
import { openApiDocument as apiDocument } from '@tenantry/api/document';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import spectral, { type RulesetDefinition } from '@stoplight/spectral-core';
import { oas } from '@stoplight/spectral-rulesets';
import { describe, expect, it } from 'vitest';

const documents = {
  api: apiDocument('https://api.acme.test'),
  admin: adminDocument('https://admin.acme.test'),
};

// The package of the rules describes them more widely than the package that runs them.
const recommended = () => ({ extends: [[oas, 'recommended']] }) as unknown as RulesetDefinition;

describe.each(['api', 'admin'] as const)('the OpenAPI document of %s', (name) => {
  const source = JSON.stringify(documents[name]);

  it('has no error and no warning by the recommended rules of Redocly', async () => {
    const config = await createConfig({ extends: ['recommended'] });
    const found = await lintFromString({ source, absoluteRef: `/${name}.json`, config });
    expect(found.map(({ ruleId, message, location }) => [ruleId, message, location[0]?.pointer])).toEqual([]);
  });

  it('has no error and no warning by the recommended rules of Spectral', async () => {
    const linter = new spectral.Spectral();
    linter.setRuleset(recommended());
    const found = await linter.run(JSON.parse(source));
    expect(found.map(({ code, message, path }) => [code, message, path.join('/')])).toEqual([]);
  });

  it('is found at fault by both when it is wrong', async () => {
    const [path = ''] = Object.keys(documents[name].paths);
    const wrong = { ...documents[name], info: {}, paths: { [path]: { get: { operationId: 'a' } } } };
    const config = await createConfig({ extends: ['recommended'] });
    const text = JSON.stringify(wrong);
    expect((await lintFromString({ source: text, absoluteRef: '/x.json', config })).length).toBeGreaterThan(
      3,
    );
    const linter = new spectral.Spectral();
    linter.setRuleset(recommended());
    expect((await linter.run(JSON.parse(text))).length).toBeGreaterThan(3);
  });

  it('names no bound that every JSON integer has', () => {
    expect(source).not.toContain('9007199254740991');
  });
});
