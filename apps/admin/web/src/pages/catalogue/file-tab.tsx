import { Alert, Anchor, Button, Code, Group, List, Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconCheck, IconDownload } from '@tabler/icons-react';
import type { CataloguePlan } from '@tenantry/client';
import { Fault } from '@tenantry/ui/problem';
import { Loaded } from '@tenantry/ui/state';
import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { api } from '../../api.ts';
import { usePower } from '../../session.ts';
import type { Draft } from './draft.ts';
import { useFilePlan } from './plan-file.ts';
import { TextEditor, chooseLine } from './text-editor.tsx';

/** How long after the last key a file is checked, in milliseconds. */
const checkDelay = 600;

interface File {
  readonly text: string;
  readonly fingerprint: string;
}

/** The catalogue as its file: to download, and to change with a check of each line. */
export function FileTab({ propose }: { readonly propose: (draft: Draft, applied: () => void) => void }) {
  const file = useQuery({ ...api.catalogue.export.queryOptions({}), refetchOnWindowFocus: false });
  return (
    <Loaded query={file} lines={12}>
      {(data) => <FileEditor key={data.fingerprint} file={data} propose={propose} />}
    </Loaded>
  );
}

function FileEditor({
  file,
  propose,
}: {
  readonly file: File;
  readonly propose: (draft: Draft, applied: () => void) => void;
}) {
  // What is read later may have changes of others, which this text does not have.
  const [base] = useState(file);
  const [text, setText] = useState(base.text);
  const canWrite = usePower('catalogue:write');
  const editor = useRef<HTMLTextAreaElement>(null);
  const isChanged = text !== base.text;
  const [settled] = useDebouncedValue(text, checkDelay);
  const plan = useFilePlan(canWrite && isChanged && settled === text ? text : undefined);
  const review = () =>
    propose({ title: 'Apply the changed file', text, fingerprint: base.fingerprint }, () => undefined);
  const isRight = plan.data !== undefined && plan.data.faults.length === 0 && plan.data.changes.length > 0;
  return (
    <Stack gap="sm">
      <Group justify="space-between" gap="sm">
        <Text size="sm" c="dimmed">
          What <Code>tenantry catalogue export</Code> prints. The command and this page apply the same file.
        </Text>
        <Group gap="xs">
          <Button
            variant="default"
            leftSection={<IconDownload size={16} aria-hidden />}
            onClick={() => download(text)}
          >
            Download
          </Button>
          {canWrite ? (
            <>
              <Button variant="default" disabled={!isChanged} onClick={() => setText(base.text)}>
                Discard changes
              </Button>
              <Button disabled={!isRight} onClick={review}>
                Review and apply
              </Button>
            </>
          ) : null}
        </Group>
      </Group>
      <TextEditor ref={editor} label="The file" value={text} change={setText} isReadOnly={!canWrite} />
      {canWrite && isChanged ? (
        <div aria-live="polite">
          {plan.error === null ? (
            <Verdict plan={plan.data} go={(line) => chooseLine(editor.current, line)} />
          ) : (
            <Fault fault={plan.error} retry={() => void plan.refetch()} />
          )}
        </div>
      ) : null}
    </Stack>
  );
}

/** What the check of the text says: faults by line, or what would change. */
function Verdict({
  plan,
  go,
}: {
  readonly plan: CataloguePlan | undefined;
  readonly go: (line: number) => void;
}) {
  if (plan === undefined)
    return (
      <Text size="sm" c="dimmed">
        Checking …
      </Text>
    );
  if (plan.faults.length === 0) {
    const count = plan.changes.length === 1 ? '1 thing' : `${plan.changes.length} things`;
    return (
      <Alert color="green" variant="light" icon={<IconCheck aria-hidden />}>
        {plan.changes.length === 0
          ? 'The file is right, and says what is stored.'
          : `The file is right. It changes ${count}.`}
      </Alert>
    );
  }
  return (
    <Alert color="red" variant="light" title="The file has faults">
      <List size="sm">
        {plan.faults.map(({ line, path, message }) => (
          <List.Item key={`${line} ${path} ${message}`}>
            <Anchor
              component="button"
              type="button"
              size="sm"
              c="inherit"
              underline="always"
              onClick={() => go(line)}
            >
              Line {line}
            </Anchor>
            {path === '' ? ': ' : `, ${path}: `}
            {message}
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}

/** Hands a text to the browser as a file. */
function download(text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/yaml' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = 'catalogue.yaml';
  link.click();
  URL.revokeObjectURL(url);
}
