/** How the credentials of impersonations begin. */
export const impersonationPrefix = 'tni_';
