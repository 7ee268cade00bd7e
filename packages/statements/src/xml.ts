import { SaxesParser } from 'saxes';
import { elementDepthMax, entryElementsMax } from './bounds.ts';
import { StatementFault } from './fault.ts';
import { decodePieces } from './text.ts';

/** An element without its namespace. */
export interface Element {
  name: string;
  attributes: Readonly<Record<string, string>>;
  text: string;
  children: Element[];
  /** The line of the file that it ends its opening tag on. */
  lineNumber: number;
}

/** What is told of elements while a file is read. */
export interface ElementReader {
  /** The element that stands outermost. */
  root(name: string, namespace: string, lineNumber: number): void;
  /** Whether the element that begins is read whole, and told as `whole`. The names lead to it from the root. */
  isWhole(names: readonly string[]): boolean;
  opened(names: readonly string[], lineNumber: number): void;
  whole(element: Element, names: readonly string[]): void;
  closed(names: readonly string[], lineNumber: number): void;
}

const knownCharsets = new Set([
  'utf-8',
  'utf8',
  'us-ascii',
  'iso-8859-1',
  'iso-8859-15',
  'windows-1252',
  'utf-16',
]);

/** The charset of an XML file: that of its byte order mark, that which it declares, or UTF-8. */
function charsetOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, 300));
  const [declaration = ''] = start.split('?>');
  const [, declared = ''] = declaration.split('encoding');
  const charset = (declared.split(/["']/)[1] ?? 'utf-8').toLowerCase();
  if (!knownCharsets.has(charset))
    throw new StatementFault(1, `declares a charset that is not read: ${charset}`);
  return charset === 'utf-16' ? 'utf-8' : charset;
}

/**
 * Reads an XML file in pieces, and tells of its elements. A document type is refused, so that no entity is declared and
 * none refers to another file; elements that are read whole are bounded. Throws a StatementFault with the line.
 */
export function* readXml(bytes: Uint8Array, reader: ElementReader): Generator<void, void, void> {
  const parser = new SaxesParser({ xmlns: true });
  const names: string[] = [];
  const whole: Element[] = [];
  let wholeElements = 0;
  const fault = (message: string) => new StatementFault(parser.line, message);
  parser.on('doctype', () => {
    throw fault('has a document type, which no statement needs');
  });
  parser.on('error', ({ message }) => {
    throw fault(`is not well-formed XML: ${message.replace(/^[\d:]+ ?/, '')}`);
  });
  parser.on('opentag', ({ local, uri, attributes }) => {
    if (names.length === 0) reader.root(local, uri, parser.line);
    names.push(local);
    if (names.length > elementDepthMax) throw fault(`nests more than ${elementDepthMax} elements`);
    const parent = whole.at(-1);
    if (parent === undefined && !reader.isWhole(names)) return reader.opened(names, parser.line);
    if (parent === undefined) wholeElements = 0;
    const values = Object.entries(attributes).map(([name, { value }]) => [name, value] as const);
    wholeElements += 1 + values.length;
    if (wholeElements > entryElementsMax)
      throw fault(`has an element with more than ${entryElementsMax} parts`);
    const element = {
      name: local,
      attributes: Object.fromEntries(values),
      text: '',
      children: [],
      lineNumber: parser.line,
    };
    parent?.children.push(element);
    whole.push(element);
  });
  const addText = (text: string): void => {
    const element = whole.at(-1);
    if (element !== undefined) element.text += text;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => {
    const element = whole.pop();
    if (element === undefined) reader.closed(names, parser.line);
    else if (whole.length === 0) reader.whole(element, names);
    names.pop();
  });
  for (const piece of decodePieces(bytes, charsetOf(bytes))) {
    parser.write(piece);
    yield;
  }
  parser.close();
}

/** The first element at a path of names, or undefined. */
export function find(element: Element | undefined, ...path: string[]): Element | undefined {
  return path.reduce<Element | undefined>(
    (found, name) => found?.children.find((child) => child.name === name),
    element,
  );
}

/** All elements at a path of names. */
export function findAll(element: Element | undefined, ...path: string[]): Element[] {
  return path.reduce<Element[]>(
    (found, name) => found.flatMap(({ children }) => children.filter((child) => child.name === name)),
    element === undefined ? [] : [element],
  );
}

/** The text at a path, trimmed; undefined for none and for blanks. */
export function textAt(element: Element | undefined, ...path: string[]): string | undefined {
  const text = find(element, ...path)?.text.trim();
  return text === '' ? undefined : text;
}
