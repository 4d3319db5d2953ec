/**
 * A lesson's name from its folder's: `01-masked-language-modelling` → `masked-language-modelling`. The number orders
 * the course and stands in no address.
 */
export const slugOf = (folder: string): string => folder.replace(/^\d+-/, '');
