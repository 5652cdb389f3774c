import { Password } from './account-parameters.js';

/** The parameter of safety/logout. */
export class CloseAccountDto {
  @Password({
    optional: true,
    description: 'The password, where the account has one.',
  })
  pwd?: string;
}
