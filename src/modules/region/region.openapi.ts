import { ApiAction, objectSchema, type Schema } from '../../protocol/openapi/openapi.decorators.js';

const FIELDS: Record<string, Schema> = {
  id: { type: 'string' },
  name: { type: 'string' },
  level: { type: 'string', description: '1 province, 2 city, 3 county.' },
  letters: { type: 'string' },
};

const beijing = { id: '1', name: '北京市', level: '1', letters: '' };
const dongcheng = { id: '35', name: '东城区', level: '2', letters: '' };
const donghuamen = { id: '511', name: '东华门街道', level: '3', letters: '' };

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
      data: [{ ...beijing, items: [{ ...dongcheng, items: [donghuamen] }] }],
    },
  });
