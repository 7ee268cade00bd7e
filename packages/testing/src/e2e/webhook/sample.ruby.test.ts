import { testSample } from './sample.fixture.ts';

testSample('Ruby', ['ruby', 'test/check.rb']);
