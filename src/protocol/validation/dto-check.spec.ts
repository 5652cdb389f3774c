import { Body, Controller, Post, type Type } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import { Expose, Transform, Type as Instance } from 'class-transformer';
import { IsOptional, IsString, ValidateBy, ValidateIf, ValidateNested } from 'class-validator';
import { protocolMessages } from '../../envelope/protocol.failures.js';
import { DtoCheck } from './dto-check.js';
import { Text } from './text.decorators.js';

class ContactDto {
  @IsString()
  mobile!: string;
}

class Untyped {
  @ValidateNested()
  contact!: ContactDto;
}

class UntypedList {
  @IsOptional()
  @ValidateNested({ each: true })
  contacts?: ContactDto[];
}

class Forgotten {
  @IsString()
  title!: string;

  note?: string;
}

class EmptyDto {
  note!: string;
}

class Outer {
  @ValidateNested()
  @Instance(() => Forgotten)
  inner!: Forgotten;
}

class OuterOfList {
  @ValidateNested({ each: true })
  @Instance(() => Forgotten)
  inner!: Forgotten[];
}

class Careless {
  @ValidateBy({
    name: 'startsWell',
    validator: { validate: (text: string) => text.startsWith('x') },
  })
  title!: string;
}

class CarelessTransform {
  @IsString()
  @Transform(({ value }: { value: string }) => value.trim())
  title!: string;
}

class CarelessCondition {
  @ValidateIf(({ contact }: { contact: ContactDto }) => contact.mobile !== '')
  @IsString()
  title!: string;
}

class Renamed {
  @IsString()
  @Expose()
  title!: string;

  @IsString()
  @Expose({ name: 'page_size', toClassOnly: true })
  pageSize = '20';
}

class Fine {
  @Expose()
  @Text({ label: protocolMessages('field.application'), max: 10 })
  title!: string;

  @Text({ label: protocolMessages('field.application'), max: 10, maxItems: 3, optional: true })
  tags: string[] = [];

  @ValidateNested({ each: true })
  @Instance(() => ContactDto)
  contacts!: ContactDto[];

  get size(): number {
    return this.tags.length;
  }
}

/** A class that is no DTO, such as a decorator of a package hands over. */
class Caller {
  readonly name = 'Ann';
}

/** Starts an application with a handler that takes a DTO. */
async function start(dto: Type<object>): Promise<void> {
  @Controller()
  class ExampleController {
    @Post()
    save(@Body() _given: object, _caller: Caller): void {
      return;
    }
  }
  const types = [dto, Caller];
  Reflect.defineMetadata('design:paramtypes', types, ExampleController.prototype, 'save');
  const module = await Test.createTestingModule({
    imports: [DiscoveryModule],
    controllers: [ExampleController],
    providers: [DtoCheck],
  }).compile();
  await module.init();
  await module.close();
}

it.each([
  [Forgotten, 'Forgotten.note has no rule'],
  [EmptyDto, 'EmptyDto.note has no rule'],
  [Outer, 'Forgotten.note has no rule'],
  [OuterOfList, 'Forgotten.note has no rule'],
  [Untyped, 'Untyped.contact has @ValidateNested() but no @Type()'],
  [UntypedList, 'UntypedList.contacts has @ValidateNested() but no @Type()'],
  [Careless, 'Careless.title cannot be checked where it is null: TypeError'],
  [CarelessTransform, 'CarelessTransform.title cannot be checked where it is null: TypeError'],
  [CarelessCondition, 'CarelessCondition.title cannot be checked where it is null: TypeError'],
  [Renamed, "Renamed.pageSize has @Expose({ name: 'page_size' })"],
])('names class and property of a mistake: %p', async (dto, mistake) => {
  await expect(start(dto)).rejects.toThrow(mistake);
});

it('is content with rules that take any value', async () => {
  await expect(start(Fine)).resolves.toBeUndefined();
});
