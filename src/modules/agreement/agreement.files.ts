import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { AgreementSettings } from '../../config/agreement.settings.js';
import type { Language } from '../../envelope/message-catalogue.js';
import type { AgreementDocument } from './agreement.documents.js';

interface CachedText {
  /** Tells one state of the file from another. */
  readonly version: string;
  readonly text: string;
}

/** The agreements' files, each read again when it has changed. */
@Injectable()
export class AgreementFiles {
  private readonly cache = new Map<string, CachedText>();

  constructor(private readonly settings: AgreementSettings) {}

  /** @returns the file's text, or undefined where there is no such file */
  async read(document: AgreementDocument, language: Language): Promise<string | undefined> {
    const path = join(this.settings.dir, language, `${document}.html`);
    try {
      const version = await versionOf(path);
      const cached = this.cache.get(path);
      if (cached?.version === version) return cached.text;
      const text = withoutMark(await readFile(path, 'utf8')).trim();
      this.cache.set(path, { version, text });
      return text;
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }
}

/** Changes with a write to the file as well as with another file in its place. */
async function versionOf(path: string): Promise<string> {
  const { ino, size, mtimeNs, ctimeNs } = await stat(path, { bigint: true });
  return [ino, size, mtimeNs, ctimeNs].join();
}

/** Some editors begin a file with a byte order mark. */
const withoutMark = (text: string): string => text.replace(/^\uFEFF/, '');

const isMissing = (error: unknown): boolean => {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ENOENT' || code === 'ENOTDIR';
};
