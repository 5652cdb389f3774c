import 'reflect-metadata';
import type { MessageKey } from '../../envelope/message-catalogue.js';

const LABEL = 'protocol:label';

/**
 * A property's name for people, in messages about it. The parameter decorators of this folder set it
 * themselves; a property with class-validator's own decorators only is named by its path without it.
 */
export const Label = (label: MessageKey): PropertyDecorator => Reflect.metadata(LABEL, label);

/** The label of an object's property, where it has one. */
export const labelOf = (object: object, property: string): MessageKey | undefined =>
  Reflect.getMetadata(LABEL, object, property) as MessageKey | undefined;
