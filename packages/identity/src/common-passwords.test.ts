import { describe, expect, test } from 'vitest';
import { isCommonPassword } from './common-passwords.ts';

describe('the list of common passwords', () => {
  test.each(['password', 'qwertyuiop', 'password123', '1234567890', 'basketball'])('has %s', (password) => {
    expect(isCommonPassword(password)).toBe(true);
  });

  test.each(['correct horse battery', '', '#', 'Password', 'tenantry'])('does not have "%s"', (password) => {
    expect(isCommonPassword(password)).toBe(false);
  });
});
