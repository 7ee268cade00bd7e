import { testSample } from './sample.fixture.ts';

testSample('PHP', ['php', 'test/check.php']);
