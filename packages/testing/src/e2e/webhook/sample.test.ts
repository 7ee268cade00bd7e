import { testSample } from './sample.fixture.ts';

testSample('JavaScript', ['node', 'test/check.mjs']);
