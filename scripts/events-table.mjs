// Reads from the code which events there are: what docs/events.md has a table of.
import { Project, SyntaxKind } from 'ts-morph';
import { fileURLToPath } from 'node:url';

const KINDS = { InProcessEvent: 'in-process', DurableEvent: '**durable**' };
const MODULE = /\/src\/modules\/([^/]+)\//;

const project = () =>
  new Project({
    tsConfigFilePath: fileURLToPath(new URL('../tsconfig.build.json', import.meta.url)),
  });

/** A doc comment in one line. */
function docOf(node, name) {
  const [doc] = node.getJsDocs();
  if (!doc) throw new Error(`${name} has no doc comment`);
  return doc.getDescription().trim().replaceAll(/\s+/g, ' ').replaceAll('|', '\\|');
}

const moduleOf = (node) => MODULE.exec(node.getSourceFile().getFilePath())?.[1];

/** The method that a node stands in, as `Class.method`. */
function methodAround(node) {
  const method = node.getFirstAncestorByKindOrThrow(SyntaxKind.MethodDeclaration);
  const owner = method.getFirstAncestorByKindOrThrow(SyntaxKind.ClassDeclaration);
  return `\`${owner.getName()}.${method.getName()}\``;
}

function eventOf(cls, base) {
  const name = cls.getStaticPropertyOrThrow('eventName').getInitializerOrThrow();
  const [payload] = cls.getExtendsOrThrow().getTypeArguments();
  const fields = payload
    .getType()
    .getProperties()
    .map((property) => {
      const [declaration] = property.getDeclarations();
      return `\`${property.getName()}\`: ${docOf(declaration, `${cls.getName()}’s ${property.getName()}`)}`;
    });
  const uses = cls.findReferencesAsNodes().map((node) => node.getParentOrThrow());
  const publishers = uses.filter((use) => use.isKind(SyntaxKind.NewExpression)).map(methodAround);
  if (publishers.length === 0) throw new Error(`nobody publishes ${cls.getName()}`);
  const listeners = uses
    .filter(
      (use) =>
        use.isKind(SyntaxKind.CallExpression) &&
        use.getExpression().getText() === 'On' &&
        use.getParentOrThrow().isKind(SyntaxKind.Decorator),
    )
    .map((use) => `${moduleOf(use)}: ${methodAround(use)}`);
  return [
    `\`${name.getLiteralText()}\` \`${cls.getName()}\``,
    docOf(cls, cls.getName()),
    fields.join('<br>'),
    KINDS[base],
    `${moduleOf(cls)}: ${publishers.join(', ')}`,
    listeners.join('<br>') || '–',
  ];
}

/** The table in Markdown, in the order of the events' names. */
export function eventsTable() {
  const rows = project()
    .getSourceFiles('src/modules/**/*.ts')
    .flatMap((file) => file.getClasses())
    .flatMap((cls) => {
      const base = cls.getExtends()?.getExpression().getText();
      return base in KINDS ? [eventOf(cls, base)] : [];
    })
    .sort(([one], [other]) => (one < other ? -1 : 1));
  const head = ['Event', 'When', 'Payload', 'Kind', 'Published by', 'Heard by'];
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}
