import { ApiAction, objectSchema, type Schema } from '../../protocol/openapi/openapi.decorators.js';
import type { CodeDataView } from './region.view.js';

const FIELDS: Record<string, Schema> = {
  id: { type: 'string' },
  name: { type: 'string' },
  level: { type: 'string', description: '1 province, 2 city, 3 county.' },
  letters: { type: 'string' },
};

const beijing = { id: '1', name: '北京市', level: '1', letters: '' };
const beijingCity = { id: '35', name: '北京市', level: '2', letters: '' };
const dongcheng = { id: '402', name: '东城区', level: '3', letters: '' };

/** A level of the tree; what is below stands in `items`. */
const treeSchema = (below?: Schema): Schema =>
  objectSchema({ ...FIELDS, ...(below && { items: { type: 'array', items: below } }) });

export const ApiRegionIndex = (): MethodDecorator =>
  ApiAction({
    summary: 'The parts of a region in the official order',
    description: 'Empty for a region that is unknown or has no parts.',
    token: 'none',
    data: { type: 'array', items: objectSchema(FIELDS) },
    example: { msg: 'success', code: 0, data: [beijing] },
  });

export const ApiRegionAll = (): MethodDecorator =>
  ApiAction({
    summary: 'Every region as a tree',
    token: 'none',
    data: { type: 'array', items: treeSchema(treeSchema(treeSchema())) },
    example: {
      msg: 'success',
      code: 0,
      data: [{ ...beijing, items: [{ ...beijingCity, items: [dongcheng] }] }],
    },
  });

const CODE_REGION = objectSchema({
  id: { oneOf: [{ type: 'string' }, { type: 'integer', enum: [0] }] },
  name: { type: 'string' },
});

const CODE_DATA_EXAMPLE: CodeDataView = {
  province: { id: beijing.id, name: beijing.name },
  city: { id: beijingCity.id, name: beijingCity.name },
  county: { id: dongcheng.id, name: dongcheng.name },
};

export const ApiRegionCodeData = (): MethodDecorator =>
  ApiAction({
    summary: 'The region of a code of GB/T 2260, with those that it is a part of',
    description: 'id 0 and an empty name below the level of the code; -1 where no region has it.',
    token: 'none',
    data: objectSchema({ province: CODE_REGION, city: CODE_REGION, county: CODE_REGION }),
    example: { msg: '获取成功', code: 0, data: CODE_DATA_EXAMPLE },
  });
