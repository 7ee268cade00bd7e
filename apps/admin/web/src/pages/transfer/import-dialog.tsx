import type { StatementFile } from '@tenantry/client';
import { Alert, Button, Code, FileInput, Group, List, Modal, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { type CsvForm, CsvMappingFields, emptyCsvForm, mappingOf } from './csv-mapping.tsx';
import { refreshMoney } from './refresh.ts';
import { ImportFault, sendStatement } from './send-statement.ts';

interface ImportDialogProps {
  /** Shows the lines of the file that was imported. */
  readonly imported: (statementId: string) => void;
  readonly close: () => void;
}

const isCsv = (file: File | null): boolean => file !== null && /\.(?:csv|txt)$/i.test(file.name);

/** Takes a file of the bank. A CSV file asks where its columns are. What is wrong with a file is said with the line. */
export function ImportDialog({ imported, close }: ImportDialogProps) {
  const [file, setFile] = useState<File | null>(null);
  const [form, setForm] = useState<CsvForm>(emptyCsvForm);
  const [result, setResult] = useState<StatementFile>();
  const send = useMutation({
    mutationFn: async (chosen: File) => sendStatement(chosen, isCsv(chosen) ? mappingOf(form) : undefined),
    onSuccess: async (made) => {
      setResult(made);
      notifications.show({
        color: 'green',
        message: `${made.newLineCount} of ${made.lineCount} lines are new.`,
      });
      await refreshMoney();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (file !== null) send.mutate(file);
  };
  return (
    <Modal opened onClose={close} title="Import a bank statement" size="xl">
      {result === undefined ? (
        <form onSubmit={submit}>
          <Stack>
            <FileInput
              label="File"
              description="camt.053, MT940, or CSV; at most 32 MB and 50,000 lines."
              placeholder="Choose a file"
              required
              value={file}
              onChange={setFile}
              accept=".xml,.sta,.940,.mt940,.txt,.csv,text/csv,text/xml,application/xml"
            />
            {isCsv(file) ? <CsvMappingFields form={form} change={setForm} /> : null}
            {send.isError ? <ImportFaults fault={send.error} /> : null}
            <Group justify="flex-end">
              <Button variant="default" onClick={close}>
                Cancel
              </Button>
              <Button type="submit" loading={send.isPending} disabled={file === null}>
                Import
              </Button>
            </Group>
          </Stack>
        </form>
      ) : (
        <Stack>
          <Text>
            The file has {result.lineCount} lines, of which {result.newLineCount} are new. Lines that an
            earlier file had are known, and nothing of them is booked twice.
          </Text>
          {result.warnings.length === 0 ? null : (
            <List size="sm">
              {result.warnings.map(({ lineNumber, message }) => (
                <List.Item key={`${lineNumber} ${message}`}>
                  Line {lineNumber}: {message}
                </List.Item>
              ))}
            </List>
          )}
          <Group justify="flex-end">
            <Button
              onClick={() => {
                close();
                imported(result.id);
              }}
            >
              Show its lines
            </Button>
          </Group>
        </Stack>
      )}
    </Modal>
  );
}

function ImportFaults({ fault }: { readonly fault: Error }) {
  const { errors, requestId } = fault instanceof ImportFault ? fault : { errors: [], requestId: undefined };
  return (
    <Alert color="red" role="alert" title={fault.message}>
      <List size="sm">
        {errors.map(({ path, message }) => (
          <List.Item key={`${path} ${message}`}>{`${path} ${message}`}</List.Item>
        ))}
      </List>
      {requestId === undefined ? null : (
        <Text size="xs" c="dimmed">
          Request <Code>{requestId}</Code>
        </Text>
      )}
    </Alert>
  );
}
