import { Controller, Get, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import { Plain, Public, Read, Write } from './action.decorators.js';
import { ActionTable } from './action-table.js';

/** The table of an application with just these controllers. */
async function tableOf(...controllers: (new () => object)[]): Promise<ActionTable> {
  @Module({ imports: [DiscoveryModule], controllers, providers: [ActionTable] })
  class TestModule {}
  const module = await Test.createTestingModule({ imports: [TestModule] }).compile();
  await module.init();
  return module.get(ActionTable);
}

@Controller('goods')
class GoodsController {
  @Read('index')
  index(): void {
    return;
  }

  @Write('addCart')
  addCart(): void {
    return;
  }

  @Public()
  @Read('detail')
  detail(): void {
    return;
  }

  notAnAction(): void {
    return;
  }
}

@Plain()
@Controller('status')
class StatusController {
  @Get('ping')
  ping(): void {
    return;
  }
}

it('lists every action, closed and within the protocol unless it says otherwise', async () => {
  const table = await tableOf(GoodsController, StatusController);
  expect(table.list()).toEqual([
    {
      path: '/goods/index',
      methods: ['GET', 'HEAD', 'POST'],
      public: false,
      plain: false,
      provesSession: false,
      handler: 'GoodsController.index',
    },
    {
      path: '/goods/addCart',
      methods: ['POST'],
      public: false,
      plain: false,
      provesSession: false,
      handler: 'GoodsController.addCart',
    },
    {
      path: '/goods/detail',
      methods: ['GET', 'HEAD', 'POST'],
      public: true,
      plain: false,
      provesSession: false,
      handler: 'GoodsController.detail',
    },
    {
      path: '/status/ping',
      methods: ['GET', 'HEAD'],
      public: true,
      plain: true,
      provesSession: false,
      handler: 'StatusController.ping',
    },
  ]);
});

it('finds an action by its exact path, and in any case for the entry script', async () => {
  const table = await tableOf(GoodsController, StatusController);
  expect(table.find('/goods/addCart')?.handler).toBe('GoodsController.addCart');
  expect(table.find('/goods/addcart')).toBeUndefined();
  expect(table.findFolded('/GOODS/ADDCART')?.handler).toBe('GoodsController.addCart');
  expect(table.find('/status/ping')?.handler).toBe('StatusController.ping');
  expect(table.findFolded('/status/ping')).toBeUndefined();
});

it('refuses a path with a parameter, which ShopXO has none of', async () => {
  @Controller('goods')
  class WithParameter {
    @Read(':id')
    detail(): void {
      return;
    }
  }
  await expect(tableOf(WithParameter)).rejects.toThrow(
    'WithParameter.detail: the path /goods/:id must be fixed text',
  );
});

it('refuses two actions that the entry script could not tell apart', async () => {
  @Controller('goods')
  class Other {
    @Read('INDEX')
    index(): void {
      return;
    }
  }
  await expect(tableOf(GoodsController, Other)).rejects.toThrow(
    'Other.index and GoodsController.index share /goods/INDEX',
  );
});
