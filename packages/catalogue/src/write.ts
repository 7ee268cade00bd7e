import type { Catalogue } from '@tenantry/domain/catalogue/catalogue';
import { Document, isMap, isScalar, parseDocument } from 'yaml';
import { catalogueSchema } from '@tenantry/contract/catalogue-file';

const schemaLine = ' yaml-language-server: $schema=./catalogue.schema.json';

/**
 * Writes a catalogue as YAML. With the text of an earlier file, what that file says in other words stays as it is
 * written: its comments and its order are kept wherever the key is still there. Fields at their defaults are left out.
 */
export function writeCatalogue(catalogue: Catalogue, earlier?: string): string {
  const value = withoutDefaults(catalogue);
  const document = earlier === undefined ? new Document({}) : parseDocument(earlier, { merge: true });
  if (earlier === undefined) document.commentBefore = schemaLine;
  if (document.errors.length > 0 || !isMap(document.contents))
    throw new Error('The earlier file is not a catalogue: run `tenantry catalogue check` on it first.');
  update(document, [], document.toJS(), value);
  return document.toString({ lineWidth: 0, flowCollectionPadding: true });
}

/** Sets what differs, key by key, so that a node that says the same keeps its comments. */
function update(document: Document, path: readonly string[], before: unknown, after: Tree): void {
  const known = isTree(before) ? before : {};
  for (const key of Object.keys(known)) if (after[key] === undefined) document.deleteIn([...path, key]);
  for (const [key, value] of Object.entries(after)) {
    const old = known[key];
    const at = [...path, key];
    if (JSON.stringify(old) === JSON.stringify(value)) continue;
    if (isTree(old) && isTree(value) && isMap(document.getIn(at, true))) update(document, at, old, value);
    else {
      const node: unknown = document.getIn(at, true);
      if (isScalar(node) && !isTree(value) && !Array.isArray(value)) node.value = value;
      else document.setIn(at, document.createNode(value));
    }
  }
}

type Tree = Readonly<Record<string, unknown>>;
function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The file of a catalogue: each field that the schema would not add by itself. */
function withoutDefaults({ features, limits, plans, operations, packages, issuer }: Catalogue): Tree {
  const each = (
    record: Readonly<Record<string, object>>,
    schema: { safeParse(value: unknown): { data?: unknown } },
  ) => Object.fromEntries(Object.entries(record).map(([name, entry]) => [name, shortened(entry, schema)]));
  const { shape } = catalogueSchema;
  const file: Record<string, unknown> = { catalogue: 1 };
  const parts = {
    features,
    limits,
    plans: each(plans, shape.plans.unwrap().valueType),
    operations: each(operations, shape.operations.unwrap().valueType),
    packages: each(packages, shape.packages.unwrap().valueType),
  };
  for (const [name, part] of Object.entries(parts)) if (Object.keys(part).length > 0) file[name] = part;
  if (issuer !== null)
    file['issuer'] = {
      ...shortened(issuer, shape.issuer.unwrap().unwrap()),
      payees: each(issuer.payees, shape.issuer.unwrap().unwrap().shape.payees.valueType),
    };
  return file;
}

/** Leaves out each field without which the schema reads the same. */
function shortened(entry: object, schema: { safeParse(value: unknown): { data?: unknown } }): Tree {
  const whole = JSON.stringify(schema.safeParse(entry).data);
  const kept: Record<string, unknown> = { ...entry };
  for (const key of Object.keys(entry)) {
    const { [key]: _left, ...rest } = kept;
    const read = schema.safeParse(rest).data;
    if (read !== undefined && JSON.stringify(read) === whole) delete kept[key];
  }
  return kept;
}
