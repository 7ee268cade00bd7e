import { at, entriesOf, itemsOf, textOf } from './json.ts';

const methods = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** A text as one cell of a table: on one line, without a mark that Markdown or the site would read. */
const cell = (text: string) =>
  text
    .replaceAll(/\s+/g, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('|', '\\|')
    .replaceAll('{{', '&#123;&#123;');
const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;

function table(head: readonly string[], lines: readonly (readonly string[])[]): string {
  return [row(head), row(head.map(() => '---')), ...lines.map(row)].join('\n');
}

/** The value that a reference of the document names, or the value itself. */
function resolve(document: unknown, value: unknown): unknown {
  const reference = textOf(at(value, '$ref'));
  return reference === '' ? value : at(document, ...reference.replace('#/', '').split('/'));
}

/** The type of a schema in a few words. */
function typeOf(schema: unknown): string {
  const name = textOf(at(schema, '$ref')).split('/').at(-1);
  if (name) return name;
  const choices = [...itemsOf(at(schema, 'anyOf')), ...itemsOf(at(schema, 'oneOf'))];
  if (choices.length > 0) return [...new Set(choices.map((one) => typeOf(one)))].join(' or ');
  const values = itemsOf(at(schema, 'enum'));
  if (values.length > 0) return values.map((value) => `\`${String(value)}\``).join(', ');
  const type = at(schema, 'type');
  if (type === 'array') return `list of ${typeOf(at(schema, 'items'))}`;
  return Array.isArray(type) ? type.join(' or ') : textOf(type) || 'any';
}

function fieldsOf(document: unknown, schema: unknown): string {
  const whole = resolve(document, schema);
  const required = itemsOf(at(whole, 'required'));
  const lines = entriesOf(at(whole, 'properties')).map(([name, field]) => [
    `\`${name}\`${required.includes(name) ? '' : ', optional'}`,
    cell(typeOf(field)),
    cell(textOf(at(field, 'description')) || textOf(at(resolve(document, field), 'description'))),
  ]);
  return lines.length === 0 ? cell(typeOf(schema)) : table(['field', 'type', 'meaning'], lines);
}

function parametersOf(document: unknown, operation: unknown): string[] {
  const lines = itemsOf(at(operation, 'parameters'))
    .map((parameter) => resolve(document, parameter))
    .map((parameter) => [
      `\`${textOf(at(parameter, 'name'))}\`${at(parameter, 'required') === true ? '' : ', optional'}`,
      textOf(at(parameter, 'in')),
      cell(textOf(at(parameter, 'description'))),
    ]);
  return lines.length === 0 ? [] : [table(['parameter', 'in', 'meaning'], lines)];
}

function bodyOf(document: unknown, operation: unknown): string[] {
  return entriesOf(at(operation, 'requestBody', 'content')).map(
    ([type, content]) => `**Body** (\`${type}\`)\n\n${fieldsOf(document, at(content, 'schema'))}`,
  );
}

function responsesOf(document: unknown, operation: unknown): string[] {
  return entriesOf(at(operation, 'responses')).map(([status, given]) => {
    const response = resolve(document, given);
    const [content] = entriesOf(at(response, 'content'));
    const fields = status.startsWith('2') && content !== undefined ? at(content[1], 'schema') : undefined;
    const meaning = `**${status}** ${cell(textOf(at(response, 'description')))}`;
    return fields === undefined ? meaning : `${meaning}\n\n${fieldsOf(document, fields)}`;
  });
}

function operationSection(document: unknown, path: string, method: string, operation: unknown): string {
  const parts = [
    `### ${cell(textOf(at(operation, 'summary')))} {#${textOf(at(operation, 'operationId')).replaceAll('.', '-')}}`,
    `\`${method.toUpperCase()} ${path}\``,
    cell(textOf(at(operation, 'description'))),
    ...parametersOf(document, operation),
    ...bodyOf(document, operation),
    ...responsesOf(document, operation),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

/** A page with every operation of an OpenAPI document, by tag: parameters, body, and each status with its meaning. */
export function referencePage(title: string, document: unknown): string {
  const base = textOf(at(itemsOf(at(document, 'servers'))[0], 'url'));
  const prefix = URL.canParse(base) ? new URL(base).pathname.replace(/\/$/, '') : '';
  const operations = entriesOf(at(document, 'paths')).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = at(item, method);
      return operation === undefined ? [] : [{ path: `${prefix}${path}`, method, operation }];
    }),
  );
  const tags = [
    ...new Set(operations.flatMap(({ operation }) => itemsOf(at(operation, 'tags')).map(textOf))),
  ];
  const sections = tags.map((tag) => {
    const described = itemsOf(at(document, 'tags')).find((one) => at(one, 'name') === tag);
    const own = operations.filter(({ operation }) => itemsOf(at(operation, 'tags')).includes(tag));
    return [
      `## ${tag}`,
      cell(textOf(at(described, 'description'))),
      ...own.map(({ path, method, operation }) => operationSection(document, path, method, operation)),
    ].join('\n\n');
  });
  return `---\noutline: [2, 3]\n---\n\n# ${title}\n\n${cell(textOf(at(document, 'info', 'description')))}\n\n${sections.join('\n\n')}\n`;
}
