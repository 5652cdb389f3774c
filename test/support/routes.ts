import { type INestApplication, RequestMethod, type Type } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { ActionMetadata } from '../../src/protocol/routing/action.decorators.js';

/** A route as its controller declares it. */
export interface Route {
  /** `/controller/action` */
  readonly path: string;
  readonly methods: readonly string[];
  readonly public: boolean;
  readonly provesSession: boolean;
  /** e.g. `PersonalController.save` */
  readonly handler: string;
}

/** Every route that a controller of the application declares. */
export function routesOf(app: INestApplication): Route[] {
  const reflector = app.get(Reflector);
  const scanner = app.get(MetadataScanner, { strict: false });
  return app
    .get(DiscoveryService, { strict: false })
    .getControllers()
    .flatMap(({ metatype }) => {
      const controller = metatype as Type<object>;
      const prototype = controller.prototype as Record<string, () => unknown>;
      return scanner
        .getAllMethodNames(prototype)
        .map((name) => prototype[name]!)
        .filter((handler) => reflector.get(PATH_METADATA, handler) !== undefined)
        .map((handler) => describe(reflector, controller, handler));
    });
}

function describe(reflector: Reflector, controller: Type, handler: () => unknown): Route {
  const path = [controller, handler]
    .flatMap((target) => reflector.get<string>(PATH_METADATA, target).split('/'))
    .filter(Boolean)
    .join('/');
  const method = RequestMethod[reflector.get<RequestMethod>(METHOD_METADATA, handler)];
  const flag = (key: string) =>
    reflector.getAllAndOverride<boolean | undefined>(key, [handler, controller]) ?? false;
  return {
    path: `/${path}`,
    methods:
      reflector.get<string[] | undefined>(ActionMetadata.methods, handler) ??
      (method === 'GET' ? ['GET', 'HEAD'] : [method]),
    public: flag(ActionMetadata.public),
    provesSession: flag(ActionMetadata.provesSession),
    handler: `${controller.name}.${handler.name}`,
  };
}
