import { Body, Controller, Module } from '@nestjs/common';
import { ApiProperty, PartialType } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsDateString,
  IsEmail,
  IsHexColor,
  IsIn,
  IsInt,
  IsNotEmpty,
  IsNumber,
  IsObject,
  IsOptional,
  IsString,
  IsUrl,
  IsUUID,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
  Validate,
  ValidateNested,
  type ValidationArguments,
  ValidatorConstraint,
  type ValidatorConstraintInterface,
} from 'class-validator';
import { buildOpenApiDocument } from '../../src/protocol/openapi/openapi.js';
import { Public, Read, Write } from '../../src/protocol/routing/action.decorators.js';
import { LANGUAGES } from '../../src/envelope/message-catalogue.js';
import { protocolMessages } from '../../src/envelope/protocol.failures.js';
import { Parameters } from '../../src/protocol/request/request.decorators.js';
import { Label } from '../../src/protocol/validation/parameter.js';
import { Text, Verbatim } from '../../src/protocol/validation/text.decorators.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

class ContactDto {
  @IsString()
  @Length(2, 20)
  name!: string;

  @Label(protocolMessages('field.application'))
  @Matches(/^1\d{10}$/)
  @IsOptional()
  mobile?: string;
}

class ReplyDto {
  @Text({ label: protocolMessages('field.system_type'), min: 1, max: 10 })
  text!: string;
}

class FeedbackDto {
  @Text({ label: protocolMessages('field.application'), min: 1, max: 20, multiline: true })
  content!: string;

  @IsOptional()
  @Text({ label: protocolMessages('field.system_type'), max: 20 })
  @IsEmail()
  email?: string;

  @ValidateNested()
  @Type(() => ContactDto)
  @IsOptional()
  contact?: ContactDto;

  @IsArray()
  @ArrayMaxSize(3)
  @ValidateNested({ each: true })
  @Type(() => ReplyDto)
  @IsOptional()
  replies?: ReplyDto[];

  @Text({ label: protocolMessages('field.system_type'), optional: true, max: 5, maxItems: 2 })
  tags?: string[];

  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(2)
  @ArrayUnique()
  @IsString({ each: true })
  @MaxLength(10, { each: true })
  @IsOptional()
  pictures?: string[];
}

class UpdateContactDto extends PartialType(ContactDto) {}

class StockDto {
  @IsOptional()
  @IsString()
  text?: string;

  @IsOptional()
  @IsArray()
  @IsString({ each: true })
  texts?: string[];

  @IsOptional()
  @IsObject()
  free?: object;

  @Verbatim({ label: protocolMessages('field.application'), optional: true, max: 9 })
  secret?: string;

  @IsOptional()
  @IsNotEmpty()
  filled?: string;

  @IsOptional()
  @MinLength(3)
  long?: string;

  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(5)
  stars?: number;

  @IsOptional()
  @IsNumber()
  @Type(() => Number)
  weight?: number;

  @IsOptional()
  @IsBoolean()
  agreed?: boolean;

  @IsOptional()
  @IsIn(['bug', 'idea'])
  kind?: string;

  @IsOptional()
  @IsUrl()
  url?: string;

  @IsOptional()
  @IsUUID()
  uuid?: string;

  @IsOptional()
  @IsDateString()
  date?: string;

  @IsOptional()
  @IsHexColor()
  color?: string;

  @IsOptional()
  @Matches(/^a/, { message: 'word must start with $constraint1' })
  word?: string;

  @IsOptional()
  @Length(2, 4, { message: protocolMessages('rule.length'), context: { min: 'two', max: 'four' } })
  own?: string;

  /** How many parameters class-transformer is given. */
  @IsOptional()
  @IsInt()
  @Transform(({ obj }: { obj: object }) => Object.keys(obj).length)
  seen?: number;

  @IsOptional()
  @IsString()
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value))
  trimmed?: string;
}

/** What the rule below was asked about. */
const asked: unknown[] = [];

@ValidatorConstraint({ async: true })
class IsFree implements ValidatorConstraintInterface {
  validate(value: unknown): Promise<boolean> {
    asked.push(value);
    return Promise.resolve(value !== 'taken');
  }

  defaultMessage({ property, value }: ValidationArguments): string {
    return `${property} is taken: ${String(value)}`;
  }
}

@ValidatorConstraint({ name: 'isKind' })
class IsKind implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    return value === 'kind';
  }
}

class NameDto {
  @Validate(IsFree)
  @MinLength(3)
  name!: string;

  @IsOptional()
  @Validate(IsFree, { message: 'choose another' })
  other?: string;

  @IsOptional()
  @Validate(IsKind)
  kind?: string;

  get length(): number {
    return this.name.length;
  }
}

class ListDto {
  @Type(() => Number)
  @IsInt()
  @Min(1)
  page = 1;

  @ApiProperty({ enum: ['new', 'old'] })
  @IsIn(['new', 'old'])
  order!: string;
}

@Public()
@Controller('feedback')
class FeedbackController {
  @Write('save')
  save(@Body() dto: FeedbackDto) {
    return dto;
  }

  @Write('stock')
  stock(@Body() dto: StockDto) {
    return dto;
  }

  @Write('update')
  update(@Body() dto: UpdateContactDto) {
    return dto;
  }

  @Write('name')
  name(@Body() dto: NameDto) {
    return { name: dto.name, length: dto.length };
  }

  @Read('list')
  list(@Parameters() dto: ListDto) {
    return dto;
  }
}

@Module({ controllers: [FeedbackController] })
class FeedbackModule {}

let test: TestApp;

beforeAll(async () => {
  test = await startTestApp({}, [FeedbackModule]);
});

afterAll(async () => {
  await test.close();
});

const post = async (action: string, body: object | string, lang = 'en') => {
  const type = typeof body === 'string' ? 'form' : 'json';
  const answer = await test.http.post(`/feedback/${action}?lang=${lang}`).type(type).send(body);
  return answer.body as { code: number; msg: string; data: unknown };
};

const expectTaken = async (action: string, body: object | string, dto: object) => {
  expect(await post(action, body)).toEqual({ code: 0, msg: 'success', data: dto });
};

const expectRefused = async (action: string, body: object | string, msg: string) => {
  expect(await post(action, body)).toEqual({ code: -1, msg, data: [] });
};

const UNSTORABLE = 'must not contain NUL or incomplete Unicode characters';

describe("class-validator's own rules", () => {
  it.each([
    ['{"text":1}', 'Parameter (text) must be a string'],
    ['{"filled":""}', 'Parameter (filled) must not be empty'],
    ['{"long":"ab"}', 'Parameter (long) must have at least 3 characters'],
    ['{"stars":"x"}', 'Parameter (stars) must be a whole number'],
    ['{"stars":0}', 'Parameter (stars) must be at least 1'],
    ['{"stars":6}', 'Parameter (stars) may be at most 5'],
    ['{"weight":"x"}', 'Parameter (weight) must be a number'],
    ['{"weight":{"toString":1,"valueOf":1}}', 'Parameter (weight) must be a number'],
    ['{"agreed":"true"}', 'Parameter (agreed) must be true or false'],
    ['{"kind":"x"}', 'Parameter (kind) must be one of bug, idea'],
    ['{"url":"x"}', 'Parameter (url) must be a URL'],
    ['{"uuid":"x"}', 'Parameter (uuid) must be a UUID'],
    ['{"date":"x"}', 'Parameter (date) must be a valid date'],
    ['{"color":"x"}', 'Parameter (color) is not in the right format'],
    ['{"word":"$value b"}', 'word must start with /^a/'],
    ['{"own":"x"}', 'Parameter (own) must have two to four characters'],
    [String.raw`{"text":"a\u0000b"}`, `Parameter (text) ${UNSTORABLE}`],
    [String.raw`{"text":"\ud83d"}`, `Parameter (text) ${UNSTORABLE}`],
    [String.raw`{"texts":["a","\ude00\ud83d"]}`, `Parameter (texts.1) ${UNSTORABLE}`],
    [String.raw`{"free":{"a":[{"b":"\u0000"}]}}`, `Parameter (free.a.0.b) ${UNSTORABLE}`],
    [String.raw`{"free":{"a":{"\u0000":1}}}`, `Parameter (free.a) ${UNSTORABLE}`],
  ])('refuse %s and name parameter and limit', async (body, msg) => {
    await expectRefused('stock', JSON.parse(body) as object, msg);
    const texts = await Promise.all(
      LANGUAGES.map(async (lang) => (await post('stock', JSON.parse(body) as object, lang)).msg),
    );
    expect(new Set(texts).size).toBe(msg.startsWith('Parameter') ? LANGUAGES.length : 1);
    const [name = ''] = Object.keys(JSON.parse(body) as object);
    for (const text of texts) expect(text).toContain(name);
  });

  it('take what they allow, with transforms and without what no rule names', async () => {
    await expectTaken(
      'stock',
      { stars: 5, weight: '1.5', kind: 'bug', trimmed: ' a ', nobody: 1, __proto__: { x: 1 } },
      { stars: 5, weight: 1.5, kind: 'bug', trimmed: 'a' },
    );
  });

  it('take every character that PostgreSQL stores, and leave the others to rules of this project', async () => {
    const dto = { text: '😀\u0001\uffff', free: { '😀': ['é'] }, secret: '\0\ud83d' };
    await expectTaken('stock', dto, dto);
  });

  it("go over to the classes that Nest's mapped types make", async () => {
    await expectTaken('update', { mobile: '13800138000', x: 1 }, { mobile: '13800138000' });
    await expectRefused(
      'update',
      { name: 'A' },
      'Parameter (name) must have at least 2 characters',
    );
  });

  it('go together with those of this project, whose label names the parameter', async () => {
    await expectRefused(
      'save',
      { content: 'c', email: 'x' },
      'System type (email) must be an email address',
    );
    await expectRefused(
      'save',
      { content: 'c', email: 'x'.repeat(21) },
      'System type (email) may have at most 20 characters',
    );
    await expectTaken(
      'save',
      { content: 'c', email: ' a@b.cn ' },
      { content: 'c', email: 'a@b.cn' },
    );
  });
});

describe('rules of a module', () => {
  it.each([
    [{ name: 'taken' }, 'name is taken: taken'],
    [{}, 'Parameter (name) is required'],
    [{ name: 'free', other: 'taken' }, 'choose another'],
    [{ name: 'free', kind: 'x' }, 'Parameter (kind) is not in the right format'],
    [{ name: 'ab' }, 'Parameter (name) must have at least 3 characters'],
  ])('tell with their own text what is wrong: %j', async (given, msg) => {
    await expectRefused('name', given, msg);
  });

  it.each(['ab', 'taken', 'free'])('are asked once: %s', async (name) => {
    asked.length = 0;
    await post('name', { name });
    expect(asked).toEqual([name]);
  });

  it('know no parameter of the name of a getter', async () => {
    await expectTaken('name', { name: 'free', length: 7 }, { name: 'free', length: 4 });
  });
});

describe('a nested object', () => {
  it('becomes an instance of its class, from JSON and from a form, without what it does not declare', async () => {
    const contact = { name: 'Ann', mobile: '13800138000' };
    await expectTaken(
      'save',
      { content: 'c', contact: { ...contact, x: 1 } },
      { content: 'c', contact },
    );
    await expectTaken(
      'save',
      'content=c&contact[name]=Ann&contact[mobile]=13800138000&contact[x]=1',
      { content: 'c', contact },
    );
  });

  it.each([
    [{ name: 'A' }, 'Parameter (contact.name) must have at least 2 characters'],
    [{ name: 'x'.repeat(21) }, 'Parameter (contact.name) may have at most 20 characters'],
    [{}, 'Parameter (contact.name) is required'],
    [{ name: 7 }, 'Parameter (contact.name) must be a string'],
    [{ name: ['Ann'] }, 'Parameter (contact.name) must be a string'],
    [{ name: 'Ann', mobile: 'x' }, 'Application (contact.mobile) is not in the right format'],
    ['x', 'Parameter (contact) must be an object'],
    [7, 'Parameter (contact) must be an object'],
    [[{ name: 'Ann' }], 'Parameter (contact) has the wrong type'],
    [[], 'Parameter (contact) has the wrong type'],
  ])('is refused with the path: %j', async (contact, msg) => {
    await expectRefused('save', { content: 'c', contact }, msg);
  });
});

describe('a list', () => {
  it('is taken as it is sent, of objects and of values', async () => {
    const dto = { content: 'c', replies: [{ text: 'a' }, { text: 'b' }], pictures: ['p', 'q'] };
    await expectTaken('save', dto, dto);
    await expectTaken(
      'save',
      'content=c&replies[0][text]=a&replies[1][text]=b&pictures[]=p&pictures[]=q',
      dto,
    );
    await expectTaken(
      'save',
      { content: 'c', tags: [' e\u0301 ', 'b'], replies: [] },
      { content: 'c', tags: ['\u00e9', 'b'], replies: [] },
    );
  });

  it.each([
    [
      { replies: [{ text: 'a' }, { text: '' }] },
      'System type (replies.1.text) must have 1 to 10 characters',
    ],
    [{ replies: [{ text: 'a' }, {}] }, 'System type (replies.1.text) is required'],
    [{ replies: ['a'] }, 'Parameter (replies.0) must be an object'],
    [{ replies: [[{ text: 'a' }]] }, 'Parameter (replies.0) has the wrong type'],
    [{ replies: [[]] }, 'Parameter (replies.0) has the wrong type'],
    [{ replies: { text: 'a' } }, 'Parameter (replies) must be a list'],
    [{ replies: Array(4).fill({ text: 'a' }) }, 'Parameter (replies) may have at most 3 items'],
    [{ replies: Array(1_001).fill(0) }, 'Parameter (replies) may hold at most 1000 values'],
    [{ pictures: [] }, 'Parameter (pictures) must have 1 or more items'],
    [{ pictures: ['a', 7] }, 'Parameter (pictures) must be a string'],
    [{ pictures: ['a', 'a'] }, 'Parameter (pictures) must not contain the same value twice'],
    [{ pictures: ['x'.repeat(11)] }, 'Parameter (pictures) may have at most 10 characters'],
    [{ tags: 'a' }, 'System type (tags) must be a list'],
    [{ tags: ['a', 'b', 'c'] }, 'System type (tags) may have at most 2 items'],
    [{ tags: ['a', 'bcdefg'] }, 'System type (tags) may have at most 5 characters'],
    [{ tags: ['a', null] }, 'System type (tags) must be a string'],
  ])('is refused with path and limit: %j', async (given, msg) => {
    await expectRefused('save', { content: 'c', ...given }, msg);
  });
});

describe('text of several lines', () => {
  it('keeps its line breaks, each as one character', async () => {
    await expectTaken('save', { content: ' a\r\nb\n\nc\n ' }, { content: 'a\nb\n\nc' });
    const longest = 'a\r\n'.repeat(9) + 'ab';
    await expectTaken('save', { content: longest }, { content: longest.replaceAll('\r', '') });
  });

  it.each(['a\rb', 'a\tb', 'a\u0000b', 'a\u2028b', 'a\u202eb'])('refuses %j', async (content) => {
    await expectRefused(
      'save',
      { content },
      'Application (content) must not contain control characters other than line breaks, or text direction overrides',
    );
  });
});

describe('hostile input', () => {
  it('is not worked on where no DTO declares it, however much it is', async () => {
    const many = Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`x${index}`, 1]));
    await expectTaken('save', { content: 'c', ...many }, { content: 'c' });
    await expectTaken('save', { content: 'c', x: many }, { content: 'c' });
    await expectRefused(
      'save',
      { content: many },
      'Application (content) may hold at most 1000 values',
    );
    await expectTaken('stock', { seen: 0, ...many }, { seen: 1 });
  });

  it.each([
    '{"content":"c","contact":{"name":"Ann","__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}}',
    '{"content":"c","__proto__":{"polluted":1},"constructor":1,"hasOwnProperty":1,"toString":1}',
    '{"content":"c","then":"x","toJSON":"x","contact":{"name":"Ann","then":1,"toJSON":1,"valueOf":1}}',
  ])('changes no prototype and leaves nothing: %s', async (body) => {
    const { code, data } = await post('save', JSON.parse(body) as object);
    expect(code).toBe(0);
    const contact = body.includes('Ann') ? { contact: { name: 'Ann' } } : {};
    expect(data).toEqual({ content: 'c', ...contact });
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });
});

describe("a read's parameters", () => {
  it('are checked like those of a write', async () => {
    const { body } = await test.http.get('/feedback/list?order=new&page=2&x=1');
    expect(body).toMatchObject({ code: 0, data: { order: 'new', page: 2 } });
    const { body: refused } = await test.http.get('/feedback/list?order=new&page=0&lang=en');
    expect(refused).toEqual({ code: -1, msg: 'Parameter (page) must be at least 1', data: [] });
  });

  it('are described as what their DTO is', () => {
    const { paths, components } = buildOpenApiDocument(test.app);
    expect(paths['/feedback/list']?.get?.parameters).toEqual(
      expect.arrayContaining([
        {
          name: 'order',
          in: 'query',
          required: true,
          schema: { type: 'string', enum: ['new', 'old'] },
        },
      ]),
    );
    expect(Object.keys(components?.schemas ?? {})).not.toContain('ListDto');
  });
});
