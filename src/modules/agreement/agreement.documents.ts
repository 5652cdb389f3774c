/** ShopXO's documents: registration, privacy, the end of an account (账号注销). */
export const DOCUMENTS = ['userregister', 'userprivacy', 'userlogout'] as const;

export type AgreementDocument = (typeof DOCUMENTS)[number];
