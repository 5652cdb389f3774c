import { Transform, type TransformFnParams } from 'class-transformer';
import {
  IsIn,
  IsString,
  Matches,
  MaxLength,
  MinLength,
  ValidateBy,
  ValidateIf,
} from 'class-validator';
import { isDate, isPast } from '../shared/checks.mjs';

const FORBIDDEN = /^[^\p{Cc}\p{Cs}\u2028\u2029\u202A-\u202E\u2066-\u2069]*$/u;
const VISIBLE = /(?!\p{Default_Ignorable_Code_Point}|\u2800)[\p{L}\p{N}\p{P}\p{S}]/u;

const trimmed = ({ value }: TransformFnParams): unknown =>
  typeof value === 'string' ? value.trim().normalize('NFC') : value;

const asText = ({ value }: TransformFnParams): unknown =>
  typeof value === 'number' ? String(value) : value;

const isBirthday = (value: unknown): boolean =>
  value === '' || (typeof value === 'string' && isDate(value) && isPast(value));

const isGiven = (_dto: object, value: unknown): boolean => value !== undefined;

const isFilled = (_dto: object, value: unknown): boolean => value !== undefined && value !== '';

/** What a client says of itself. */
export class PublicParametersDto {
  @ValidateIf(isFilled)
  @IsIn(['web', 'app'])
  application?: string;

  @ValidateIf(isFilled)
  @IsIn(['pc', 'h5', 'ios', 'android', 'weixin', 'alipay', 'baidu', 'toutiao', 'qq', 'kuaishou'])
  application_client_type?: string;

  @ValidateIf(isFilled)
  @Matches(/^[A-Za-z0-9_-]{1,60}$/)
  system_type?: string;
}

/** The parameters of personal/save. */
export class SaveProfileDto extends PublicParametersDto {
  @Transform(trimmed)
  @IsString()
  @MinLength(1)
  @MaxLength(60)
  @Matches(FORBIDDEN)
  @Matches(VISIBLE)
  nickname!: string;

  @ValidateIf(isGiven)
  @ValidateBy({ name: 'isBirthday', validator: { validate: isBirthday } })
  birthday?: string;

  @Transform(trimmed)
  @ValidateIf(isGiven)
  @IsString()
  @MaxLength(60)
  @Matches(FORBIDDEN)
  province?: string;

  @Transform(trimmed)
  @ValidateIf(isGiven)
  @IsString()
  @MaxLength(60)
  @Matches(FORBIDDEN)
  city?: string;

  @Transform(trimmed)
  @ValidateIf(isGiven)
  @IsString()
  @MaxLength(60)
  @Matches(FORBIDDEN)
  county?: string;

  @Transform(asText)
  @ValidateIf(isGiven)
  @IsIn(['0', '1', '2'])
  gender?: string;

  @Transform(trimmed)
  @ValidateIf(isGiven)
  @IsString()
  @MaxLength(80)
  @Matches(FORBIDDEN)
  address?: string;

  @Transform(trimmed)
  @ValidateIf(isGiven)
  @IsString()
  @MaxLength(500)
  @Matches(FORBIDDEN)
  avatar?: string;
}
