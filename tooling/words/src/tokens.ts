import { lineCounter, nameOf, parseModule, walk } from '@tenantry/source/syntax';

/** A piece of a file: a name that code gives, or text for people. */
export interface Token {
  readonly kind: 'name' | 'text';
  readonly text: string;
  /** From 1. */
  readonly line: number;
}

/** A string without spaces is a name: a key, a path, a code. */
const isOneWord = (text: string): boolean => /^[\w@./:*#-]+$/.test(text);

/** Splits text for people: code between backticks and words with an inner capital or an underscore are names. */
function textTokens(text: string, firstLine: number): Token[] {
  const tokens: Token[] = [];
  let isCodeBlock = false;
  for (const [index, line] of text.split('\n').entries()) {
    if (/^\s*(?:\*\s*)?```/.test(line)) isCodeBlock = !isCodeBlock;
    for (const [part, piece] of line.split('`').entries()) {
      const kind = isCodeBlock || part % 2 === 1 ? 'name' : 'text';
      tokens.push({ kind, text: piece, line: firstLine + index });
      if (kind === 'name') continue;
      for (const [name] of piece.matchAll(/\b\w*(?:[a-z][A-Z]|_)\w*\b/g))
        tokens.push({ kind: 'name', text: name, line: firstLine + index });
    }
  }
  return tokens;
}

/** The names, strings and comments of a module. */
function moduleTokens(path: string, source: string): Token[] {
  const tokens: Token[] = [];
  const lineOf = lineCounter(source);
  const { program, comments } = parseModule(path, source);
  const addText = (text: string, start: number) => {
    if (isOneWord(text)) tokens.push({ kind: 'name', text, line: lineOf(start) });
    else tokens.push(...textTokens(text, lineOf(start)));
  };
  for (const { value, start } of comments) tokens.push(...textTokens(value, lineOf(start)));
  walk(program, (node) => {
    if (node.type === 'Identifier' || node.type === 'PrivateIdentifier' || node.type === 'JSXIdentifier')
      tokens.push({ kind: 'name', text: nameOf(node), line: lineOf(node.start) });
    if (node.type === 'Literal' || node.type === 'TemplateElement' || node.type === 'JSXText')
      addText(source.slice(node.start, node.end).replaceAll(/^['"`]|['"`]$/g, ''), node.start);
    return true;
  });
  return tokens;
}

/** The pieces of a file, its path first. Modules are parsed; any other file is text. */
export function tokensOf(path: string, source: string): Token[] {
  const name: Token = { kind: 'name', text: path, line: 1 };
  const isModule = /\.(?:ts|tsx|mjs)$/.test(path);
  return [name, ...(isModule ? moduleTokens(path, source) : textTokens(source, 1))];
}
