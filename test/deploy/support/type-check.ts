import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Project, ts } from 'ts-morph';

const HERE = fileURLToPath(new URL('.', import.meta.url));

/** A value that is read from a file, and the published type that it is to have. */
export interface Typed {
  /** Where the type is imported from. */
  readonly module: string;
  readonly type: string;
  readonly value: unknown;
}

/**
 * What TypeScript says of values as literals of their types: unknown fields, missing ones, and
 * values of another type.
 *
 * @returns a message for each mistake
 */
export function typeErrors(values: readonly Typed[]): string[] {
  const project = new Project({
    skipAddingFilesFromTsConfig: true,
    compilerOptions: {
      strict: true,
      noEmit: true,
      skipLibCheck: true,
      types: [],
      target: ts.ScriptTarget.ES2023,
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
    },
  });
  const file = project.createSourceFile(
    // Beside this file, so that the types are found.
    join(HERE, 'checked.ts'),
    values
      .map(
        ({ module, type, value }, index) =>
          `export const value${index}: import('${module}').${type} = ${JSON.stringify(value, null, 2)};`,
      )
      .join('\n'),
  );
  return file
    .getPreEmitDiagnostics()
    .map((one) => ts.flattenDiagnosticMessageText(one.compilerObject.messageText, '\n'));
}
