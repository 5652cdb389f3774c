import { type Command, InvalidArgumentError } from 'commander';
import { type Contact, readAnyContact } from '../modules/account/contact.js';
import { masked, OperatorService } from '../modules/account/operator/operator.service.js';
import { changing, type Changing, originOf } from './options.js';
import { print } from './output.js';
import { requireRedis, withServices } from './services.js';

/** The limits of verification codes. */
export function codeLimitCommands(program: Command): void {
  const limits = program.command('code-limits').description('the limits of verification codes');
  const reset = limits.command('reset').argument('<contact>', '', readContact);
  changing(reset, 'code-limits reset 13800138000 --by kim')
    .description(
      'forget how many codes a mobile number or email address was sent, and how many wrong ones were heard',
    )
    .action(async (contact: Contact, options: Changing) => {
      await withServices((services) => {
        requireRedis(services);
        return services.get(OperatorService).resetCodeLimits(contact, originOf(options));
      });
      print(options.json, { outcome: 'done' }, [`${masked(contact)} may be sent codes again.`]);
    });
}

function readContact(text: string): Contact {
  try {
    return readAnyContact(text, 'contact');
  } catch {
    throw new InvalidArgumentError(
      'It must be a mobile number of mainland China or an email address.',
    );
  }
}
