import { Injectable, type OnModuleInit, RequestMethod } from '@nestjs/common';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import type { ActionLimit } from '../limits/counted-request.js';
import { ActionMetadata, type UploadRule } from './action.decorators.js';

/** Where Nest's own routing decorators keep path and method; Nest does not export the names. */
const PATH = 'path';
const METHOD = 'method';

/** One route of the service. */
export interface Action {
  /** `/controller/action`, as declared. */
  readonly path: string;
  /** Upper-case HTTP methods that it serves. */
  readonly methods: readonly string[];
  /** Answers callers without a token. */
  readonly public: boolean;
  /** Stands outside ShopXO's protocol, see `@Plain()`. */
  readonly plain: boolean;
  /** The file that it takes, see `@Upload()`. */
  readonly upload?: UploadRule;
  /** The parameter that names an account, where no session does, see `@Write()`. */
  readonly account?: string;
  /** The limit that it names, see `@Limit()`. */
  readonly limit?: ActionLimit;
  /** Its own statement proves the session, see `@ProvesSession()`. */
  readonly provesSession: boolean;
  /** Where the handler stands, e.g. `PersonalController.save`. */
  readonly handler: string;
}

/** Every route that a controller declares, by its path. */
@Injectable()
export class ActionTable implements OnModuleInit {
  private readonly byPath = new Map<string, Action>();
  private readonly byFoldedPath = new Map<string, Action>();

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly reflector: Reflector,
  ) {}

  /** @throws Error when a route's path is not fixed text, or two routes share one */
  onModuleInit(): void {
    for (const { metatype, instance } of this.discovery.getControllers()) {
      if (!metatype) continue;
      const prototype = Object.getPrototypeOf(instance) as Record<string, () => unknown>;
      for (const name of this.scanner.getAllMethodNames(prototype)) {
        const handler = prototype[name];
        if (handler && Reflect.hasMetadata(PATH, handler)) {
          this.add(this.describe(metatype as new () => unknown, handler));
        }
      }
    }
  }

  /** The action at exactly this path. */
  find(path: string): Action | undefined {
    return this.byPath.get(path);
  }

  /** The action that an entry-script route names, in any case. */
  findFolded(path: string): Action | undefined {
    return this.byFoldedPath.get(path.toLowerCase());
  }

  /** All actions, in no particular order. */
  list(): Action[] {
    return [...this.byPath.values()];
  }

  private describe(controller: new () => unknown, handler: () => unknown): Action {
    const targets = [handler, controller];
    const segments = [controller, handler].map((target) =>
      this.reflector.get<string>(PATH, target),
    );
    const method = RequestMethod[this.reflector.get<RequestMethod>(METHOD, handler)];
    return {
      path: `/${segments
        .flatMap((path) => path.split('/'))
        .filter(Boolean)
        .join('/')}`,
      methods:
        this.reflector.get<string[] | undefined>(ActionMetadata.methods, handler) ??
        (method === 'GET' ? ['GET', 'HEAD'] : [method]),
      public:
        this.reflector.getAllAndOverride<boolean | undefined>(ActionMetadata.public, targets) ??
        false,
      plain:
        this.reflector.getAllAndOverride<boolean | undefined>(ActionMetadata.plain, targets) ??
        false,
      upload: this.reflector.get<UploadRule | undefined>(ActionMetadata.upload, handler),
      account: this.reflector.get<string | undefined>(ActionMetadata.account, handler),
      limit: this.reflector.get<ActionLimit | undefined>(ActionMetadata.limit, handler),
      provesSession:
        this.reflector.get<boolean | undefined>(ActionMetadata.provesSession, handler) ?? false,
      handler: `${controller.name}.${handler.name}`,
    };
  }

  private add(action: Action): void {
    if (!/^(\/[A-Za-z0-9_-]+)+$/.test(action.path)) {
      throw new Error(`${action.handler}: the path ${action.path} must be fixed text`);
    }
    const other = this.findFolded(action.path);
    if (other) throw new Error(`${action.handler} and ${other.handler} share ${action.path}`);
    this.byPath.set(action.path, action);
    if (!action.plain) this.byFoldedPath.set(action.path.toLowerCase(), action);
  }
}
