(globalThis.$localize??={}).locale="en";
/**i18n:3da204a5ee6b0833*/
