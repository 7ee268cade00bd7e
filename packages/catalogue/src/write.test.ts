import { readFileSync } from 'node:fs';
import type { Catalogue } from '@tenantry/domain/catalogue/catalogue';
import { describe, expect, it } from 'vitest';
import { demoCatalogueFile, readDemoCatalogue } from './file.ts';
import { catalogueJsonSchema } from './json-schema.ts';
import { parseCatalogue } from './parse.ts';
import { writeCatalogue } from './write.ts';

const demo = readFileSync(demoCatalogueFile, 'utf8');
const commentsOf = (text: string) => text.match(/# .*$/gm) ?? [];
const withStarter = (change: Partial<Catalogue['plans'][string]>): Catalogue => {
  const catalogue = readDemoCatalogue();
  const starter = catalogue.plans['starter'];
  if (starter === undefined) throw new Error('the demo has no plan starter');
  return { ...catalogue, plans: { ...catalogue.plans, starter: { ...starter, ...change } } };
};

describe('a written catalogue', () => {
  it('is read as what was written', () => {
    const catalogue = readDemoCatalogue();
    expect(parseCatalogue(writeCatalogue(catalogue))).toEqual({ catalogue });
  });

  it('names its schema, and leaves defaults out', () => {
    const text = writeCatalogue(readDemoCatalogue());
    expect(text).toMatch(/^# yaml-language-server: \$schema=/);
    expect(text).not.toContain('graceDays');
  });

  it('keeps the comments of an earlier file, and changes one value', () => {
    const catalogue = withStarter({ credits: 7000 });
    const text = writeCatalogue(catalogue, demo);
    expect(parseCatalogue(text)).toEqual({ catalogue });
    expect(commentsOf(text)).toEqual(commentsOf(demo));
    expect(text).toContain('throttle: *rates');
  });

  it('gives up an alias whose value is another now', () => {
    const { throttle } = withStarter({}).plans['growth'] ?? {};
    if (throttle === undefined) throw new Error('the demo has no plan growth');
    const catalogue = withStarter({ throttle: { ...throttle, auth: 21 } });
    expect(parseCatalogue(writeCatalogue(catalogue, demo))).toEqual({ catalogue });
  });

  it('lists the variables of a template, also where the earlier file does not', () => {
    const text = demo.replace(
      'unit: request, rate: 15',
      "unit: request, promptTemplate: 'On {{b}}, {{a}}', rate: 15",
    );
    const parsed = parseCatalogue(text);
    if ('faults' in parsed) throw new Error('the file has faults');
    const written = writeCatalogue(parsed.catalogue, text);
    expect(written).toContain('variables: [ b, a ]');
    expect(parseCatalogue(written)).toEqual(parsed);
    expect(parseCatalogue(written.replace('[ b, a ]', '[ a, b ]'))).toEqual(parsed);
  });

  it('takes out what is gone', () => {
    const { starter: _gone, ...plans } = readDemoCatalogue().plans;
    const catalogue = { ...readDemoCatalogue(), plans, packages: {}, issuer: null };
    expect(parseCatalogue(writeCatalogue(catalogue, demo))).toEqual({ catalogue });
  });

  it.each(['[1]', 'a: 1\na: 2'])('is not made of a file that is none: %s', (earlier) => {
    expect(() => writeCatalogue(readDemoCatalogue(), earlier)).toThrow('catalogue check');
  });
});

describe('the schema for editors', () => {
  it('is the one that is published', () => {
    const published = new URL('../../../catalogue.schema.json', import.meta.url);
    expect(JSON.parse(readFileSync(published, 'utf8'))).toEqual(
      JSON.parse(JSON.stringify(catalogueJsonSchema())),
    );
  });
});
