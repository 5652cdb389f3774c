import { Injectable } from '@nestjs/common';

/** The passwords that guessing starts with: 49,000 that leaks have most often, by zxcvbn-ts. */
@Injectable()
export class CommonPasswords {
  private loaded?: Promise<ReadonlySet<string>>;

  /** Whether a password is one of them, in whatever case. */
  async has(password: string): Promise<boolean> {
    this.loaded ??= load();
    return (await this.loaded).has(password.toLowerCase());
  }
}

/** Unpacking the list takes 50 ms: the first password that is set pays for it, and not every start. */
async function load(): Promise<ReadonlySet<string>> {
  const { dictionary } = await import('@zxcvbn-ts/language-common');
  return new Set(dictionary['passwords-common']);
}
