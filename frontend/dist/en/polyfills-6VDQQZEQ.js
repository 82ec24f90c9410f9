(globalThis.$localize??={}).locale="en";
/**i18n:9fa6e2e745472cee*/
