import { accountCommands } from './account-commands.ts';
import type { Command } from './command.ts';
import { ledgerCommands } from './ledger-commands.ts';

/** Every kind of call that the model knows. */
export const commands: readonly Command[] = [...ledgerCommands, ...accountCommands];
