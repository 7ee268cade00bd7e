import { testExample } from './language.fixture.ts';

testExample('php', 'php', 'php');
