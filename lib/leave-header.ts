/**
 * Apart from the contract, whose checks bring a package of 31 KB along that no till needs: this is
 * the one word of it that every screen says.
 */

/** `code:PIN` of somebody who may, for one call; where the owner lets people lend a hand. */
export const LEAVE_HEADER = 'X-Leave-Of';
