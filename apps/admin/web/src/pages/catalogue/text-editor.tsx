import { Box } from '@mantine/core';
import { type Ref, useRef } from 'react';
import classes from './text-editor.module.css';

interface TextEditorProps {
  readonly ref: Ref<HTMLTextAreaElement>;
  readonly label: string;
  readonly value: string;
  readonly change: (value: string) => void;
  readonly isReadOnly: boolean;
}

/** A text in lines with their numbers. */
export function TextEditor({ ref, label, value, change, isReadOnly }: TextEditorProps) {
  const numbers = useRef<HTMLPreElement>(null);
  const count = value.split('\n').length;
  return (
    <Box className={classes['editor'] ?? ''}>
      <pre ref={numbers} className={classes['numbers']} aria-hidden>
        {Array.from({ length: count }, (_none, index) => index + 1).join('\n')}
      </pre>
      <textarea
        ref={ref}
        className={classes['text']}
        aria-label={label}
        value={value}
        readOnly={isReadOnly}
        spellCheck={false}
        autoCapitalize="off"
        wrap="off"
        onChange={(event) => change(event.currentTarget.value)}
        onScroll={(event) => {
          if (numbers.current !== null) numbers.current.scrollTop = event.currentTarget.scrollTop;
        }}
      />
    </Box>
  );
}

/** Chooses a line of a text, counted from 1, and brings it into view. */
export function chooseLine(editor: HTMLTextAreaElement | null, line: number): void {
  if (editor === null) return;
  const lines = editor.value.split('\n');
  const start = lines.slice(0, line - 1).reduce((sum, { length }) => sum + length + 1, 0);
  editor.focus();
  editor.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0));
  const height = editor.scrollHeight / Math.max(1, lines.length);
  editor.scrollTop = Math.max(0, (line - 4) * height);
}
