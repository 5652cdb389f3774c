/** What the user's page needs of whoever keeps messages. */
export interface UnreadMessages {
  /** How many messages of the user are unread. */
  unreadCount(userId: string): Promise<number>;
}

/** The injection token of the port. */
export const UNREAD_MESSAGES = Symbol('UNREAD_MESSAGES');
