import { testExample } from './language.fixture.ts';

testExample('python', 'python3', 'py');
