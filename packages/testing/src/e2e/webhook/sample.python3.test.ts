import { testSample } from './sample.fixture.ts';

testSample('Python', ['python3', 'test/check.py']);
