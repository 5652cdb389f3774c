/** What wrong passwords at logins are counted by: the account, whatever name of it was given. */
export const passwordSubject = (id: string): string => `id:${id}`;
