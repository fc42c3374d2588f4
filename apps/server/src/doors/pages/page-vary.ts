/** What a page depends on beside its address. */
export const PAGE_VARY = 'Accept, Accept-Language'
