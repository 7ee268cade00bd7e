import { Button, Kbd, Modal, Table } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconKeyboard } from '@tabler/icons-react';
import { keys, useKeys } from './use-list-keys.ts';

/** Shows the keys of the page; `?` does too. */
export function KeysButton() {
  const [isOpen, { open, close }] = useDisclosure(false);
  useKeys({ '?': open });
  return (
    <>
      <Button
        variant="subtle"
        color="gray"
        leftSection={<IconKeyboard size={16} aria-hidden />}
        onClick={open}
      >
        Keys
      </Button>
      <Modal opened={isOpen} onClose={close} title="Keys of this page">
        <Table aria-label="Keys of this page">
          <Table.Tbody>
            {keys.map(([key, meaning]) => (
              <Table.Tr key={key}>
                <Table.Td w={60}>
                  <Kbd>{key}</Kbd>
                </Table.Td>
                <Table.Td>{meaning}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Modal>
    </>
  );
}
